import { changeMark } from './change-mark.ts';
import type { StarInput } from './schemas.ts';
import type { ChatResult } from './types.ts';

/**
 * Stars a message for one person, or takes their star away; whoever wrote it, also across a block. Asking for what is
 * so already is answered as done.
 *
 * Errors: `not_found` (not a member, no such message, or it was deleted, for both or for them), `invalid` (too many).
 */
export async function starMessage({
  memberId,
  conversationId,
  seq,
  on,
}: { memberId: string } & StarInput): Promise<ChatResult<{ seq: number; revision: number }>> {
  return changeMark({ memberId, conversationId, seq }, ({ isDeleted, hidden }) => {
    if (on && (isDeleted || hidden)) return undefined;
    return { starred: on, hidden };
  });
}
