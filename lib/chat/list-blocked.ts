import { selectBlockedPartners } from '#db/queries/members.ts';

/** A partner whom the viewer has blocked. */
export type BlockedPartner = { conversationId: string; userId: string; username: string };

/** Everybody whom the viewer has blocked, by name. */
export async function listBlocked(viewerId: string): Promise<BlockedPartner[]> {
  return selectBlockedPartners(viewerId);
}
