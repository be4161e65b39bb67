import {
  type HitKey,
  type SearchRoom,
  type Stretch,
  selectSeqsAt,
  type WalkRow,
  walkRooms,
} from '#db/queries/search-messages.ts';

/** Rooms read at once: those whose unread part may hold the newest match. */
const ROOMS_AT_ONCE = 64;
/** Messages first read of a room, where there are many, and of one alone. */
const FIRST_STRETCH = 8;
const FIRST_STRETCH_ALONE = 256;
/** Each further stretch is so many times as long. */
const STRETCH_GROWTH = 3;
/** Going to a room at all, and finding the place there, costs as much as so many messages. */
const ROOM_COST = 20;

/** How far a room has been read: `next` is the newest message not yet looked at. */
type Front = { next: HitKey; stretch: number; isPlaced: boolean };

/** Orders keys newest first, as PostgreSQL orders (created_at, conversation_id, seq) descending. */
function compareKeys(a: HitKey, b: HitKey): number {
  const time = b.createdAt.getTime() - a.createdAt.getTime();
  if (time !== 0) return time;
  if (a.conversationId !== b.conversationId) return a.conversationId < b.conversationId ? 1 : -1;
  return b.seq - a.seq;
}

function openFront(room: SearchRoom, stretch: number, before?: HitKey): Front {
  if (!before || compareKeys(room, before) > 0) return { next: room, stretch, isPlaced: true };
  // Of this room only messages behind the cursor count. Its own room's are known by their seq.
  if (room.conversationId === before.conversationId) {
    return { next: { ...before, seq: before.seq - 1 }, stretch, isPlaced: true };
  }
  return { next: { ...room, createdAt: before.createdAt }, stretch, isPlaced: false };
}

/** Finds where behind the cursor the rooms begin that had newer messages when it was made. */
async function placeFronts(fronts: Front[], before: HitKey | undefined): Promise<void> {
  const unplaced = fronts.filter((front) => !front.isPlaced);
  if (!before || unplaced.length === 0) return;
  // At the cursor's very time, rooms with a greater id are already behind the reader.
  for (const isShown of [true, false]) {
    const group = unplaced.filter(({ next }) => next.conversationId > before.conversationId === isShown);
    if (group.length === 0) continue;
    const time = new Date(before.createdAt.getTime() - (isShown ? 1 : 0));
    const seqs = await selectSeqsAt(
      group.map(({ next }) => next),
      time,
    );
    for (const front of group) {
      front.next = { ...front.next, seq: seqs.get(front.next.conversationId) ?? 0 };
      front.isPlaced = true;
    }
  }
}

function readFront(front: Front, rows: WalkRow[], limit: number): HitKey[] {
  const hits = rows.flatMap(({ conversationId, seq, createdAt }) =>
    seq && createdAt ? [{ conversationId, seq, createdAt }] : [],
  );
  const last = hits.at(-1);
  if (last && hits.length === limit) {
    // Full before the stretch ended: what lies between is not known yet.
    front.next = { ...last, seq: last.seq - 1 };
    return hits;
  }
  const nextAt = rows[0]?.nextAt;
  front.next = {
    conversationId: front.next.conversationId,
    seq: nextAt ? front.next.seq - front.stretch : 0,
    createdAt: nextAt ?? front.next.createdAt,
  };
  front.stretch *= STRETCH_GROWTH;
  return hits;
}

/**
 * Merges the rooms' logs from the newest message down until `limit` matches are sure to be the
 * newest ones, or the logs end.
 *
 * @returns the matches in order, or null when it has read its budget and the page is not full.
 */
export async function walkNewestFirst(input: {
  rooms: readonly SearchRoom[];
  terms: readonly string[];
  before?: HitKey;
  limit: number;
  /** Messages that it may read, or what costs as much. */
  budget: number;
}): Promise<HitKey[] | null> {
  const { terms, before, limit, budget } = input;
  const hits: HitKey[] = [];
  const stretch = input.rooms.length === 1 ? FIRST_STRETCH_ALONE : FIRST_STRETCH;
  let fronts = input.rooms.map((room) => openFront(room, stretch, before));
  for (let walked = 0; ; ) {
    fronts = fronts.filter(({ next }) => next.seq > 0).sort((a, b) => compareKeys(a.next, b.next));
    hits.sort(compareKeys);
    const nth = hits[limit - 1];
    const newest = fronts[0];
    if (!newest || (nth && compareKeys(nth, newest.next) < 0)) return hits.slice(0, limit);
    if (walked >= budget) return null;

    // Rooms whose unread part is older than the page's last match cannot change the page.
    const open = fronts.filter(({ next }) => !nth || compareKeys(next, nth) < 0).slice(0, ROOMS_AT_ONCE);
    const share = Math.max(FIRST_STRETCH, Math.ceil((budget - walked) / open.length));
    for (const front of open) front.stretch = Math.min(front.stretch, share);
    await placeFronts(open, before);
    const rows = await walkRooms({ stretches: open.map(toStretch), terms, limit });
    const rowsByRoom = Map.groupBy(rows, (row) => row.conversationId);
    for (const front of open) {
      const from = front.next.seq;
      hits.push(...readFront(front, rowsByRoom.get(front.next.conversationId) ?? [], limit));
      walked += ROOM_COST + from - front.next.seq;
    }
  }
}

function toStretch({ next, stretch }: Front): Stretch {
  return { conversationId: next.conversationId, fromSeq: next.seq, length: stretch };
}
