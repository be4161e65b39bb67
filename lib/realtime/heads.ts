import { type HeadRow, selectChangedHeads, selectHeads } from '#db/queries/members.ts';
import { toMarksHead } from '#lib/chat/wire.ts';
import { getLog } from '#lib/runtime/log.ts';
import { createLookup } from '#lib/runtime/lookup.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import type { Heads } from './events.ts';
import { type ChatServer, type ChatSocket, userRoom } from './io.ts';

/** The protocol promises heads at least every 20 s; the margin covers a slow query. */
const INTERVAL_MS = 15_000;
/** Conversations in one packet. */
const PAGE_SIZE = 500;
/** People whose conversations are looked up in one statement. */
const PEOPLE_AT_ONCE = 100;

const findHeadsSingleton = defineSingleton('findHeads', () =>
  createLookup(
    async (userIds) => Map.groupBy(await selectHeads(userIds), (row) => row.memberId),
    PEOPLE_AT_ONCE,
  ),
);

/** All conversations of a person. */
export async function findHeads(userId: string): Promise<HeadRow[]> {
  return (await findHeadsSingleton.get()(userId)) ?? [];
}

/** Tells a new connection where its person's conversations stand, in pages. */
export function sendHeads(socket: ChatSocket, rows: HeadRow[]): void {
  // An empty page tells a client without conversations that it has heard all.
  for (let start = 0; start === 0 || start < rows.length; start += PAGE_SIZE) {
    socket.emit('heads', toHeads(rows.slice(start, start + PAGE_SIZE)));
  }
}

/**
 * Tells this node's people, every few seconds, which of their conversations changed lately, so that
 * a client which missed an event (Redis away, a lost packet) learns of it. Returns a stop function.
 */
export function startHeads(io: ChatServer): () => void {
  const timer = setInterval(() => void sendChangedHeads(io), INTERVAL_MS);
  return () => clearInterval(timer);
}

async function sendChangedHeads(io: ChatServer): Promise<void> {
  try {
    const userIds = new Set([...io.sockets.sockets.values()].map((socket) => socket.data.userId));
    if (userIds.size === 0) return;
    const rows = await selectChangedHeads([...userIds]);
    for (const [userId, own] of Map.groupBy(rows, (row) => row.memberId)) {
      io.local.to(userRoom(userId)).emit('heads', toHeads(own));
    }
  } catch (error) {
    getLog().warn({ err: error }, 'heads failed');
  }
}

function toMarks(row: HeadRow): Pick<Heads[string], 'marks'> {
  const marks = toMarksHead(row);
  return marks ? { marks } : {};
}

function toHeads(rows: HeadRow[]): Heads {
  return Object.fromEntries(
    rows.map((row) => [
      row.conversationId,
      {
        ...toMarks(row),
        revision: row.revision,
        cursors: [
          { userId: row.memberId, deliveredSeq: row.deliveredSeq, readSeq: row.readSeq },
          {
            userId: row.partnerId,
            deliveredSeq: row.partnerDeliveredSeq,
            readSeq: row.partnerReadSeq,
          },
        ],
      },
    ]),
  );
}
