import { selectPartners } from '#db/queries/presence.ts';
import { createLookup } from '#lib/runtime/lookup.ts';
import type { ChatServer, ChatSocket } from '../io.ts';
import { getRealtime } from '../port.ts';
import { findOnline } from './online.ts';

/** People whose partners are looked up together, when many come or go at once. */
const PEOPLE_AT_ONCE = 100;

type Partner = Awaited<ReturnType<typeof selectPartners>>[number];

export type PresenceTeller = ReturnType<typeof createPresenceTeller>;

/** Tells people who of their partners is online; nobody else hears of it. */
export function createPresenceTeller(io: ChatServer) {
  const lookUp = createLookup(
    async (userIds) => Map.groupBy(await selectPartners(userIds), (row) => row.memberId),
    PEOPLE_AT_ONCE,
  );
  const findPartners = async (userId: string): Promise<Partner[]> => (await lookUp(userId)) ?? [];

  /** Tells somebody's partners whether they are online, and returns those. */
  async function tellPartners(userId: string, online: boolean, lastSeenAt: Date | null): Promise<Partner[]> {
    const partners = await findPartners(userId);
    if (partners.length > 0) {
      const partnerIds = partners.map((partner) => partner.userId);
      const event = { userId, online, lastSeenAt: lastSeenAt?.toISOString() ?? null };
      getRealtime().publish(partnerIds, 'presence', event);
    }
    return partners;
  }

  /** Tells a connection of each of these partners. */
  async function tellConnection(socket: ChatSocket, partners: Partner[]): Promise<void> {
    const online = await findOnline(
      io,
      partners.map((partner) => partner.userId),
    );
    for (const partner of partners) socket.emit('presence', toEvent(partner, online.has(partner.userId)));
  }

  /** What one of two people is shown of the other; across a block that is nothing. */
  async function tellOf(viewerId: string, userId: string, isOnline: boolean): Promise<void> {
    const partner = (await findPartners(viewerId)).find((row) => row.userId === userId);
    const event = partner ? toEvent(partner, isOnline) : { userId, online: false, lastSeenAt: null };
    getRealtime().publish([viewerId], 'presence', event);
  }

  /** Tells two people of each other. */
  async function tellEachOther([first, second]: readonly [string, string]): Promise<void> {
    const online = await findOnline(io, [first, second]);
    await Promise.all([tellOf(first, second, online.has(second)), tellOf(second, first, online.has(first))]);
  }

  return { tellPartners, tellConnection, tellEachOther };
}

/** What is shown of a partner. */
function toEvent({ userId, lastSeenAt }: Partner, online: boolean) {
  return { userId, online, lastSeenAt: online ? null : (lastSeenAt?.toISOString() ?? null) };
}
