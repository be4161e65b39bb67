import {
  type HitKey,
  type SearchConversation,
  type Stretch,
  selectSeqsAt,
  type WalkRow,
  walkConversations,
} from '#db/queries/search-messages.ts';

/** Conversations read at once: those whose unread part may hold the newest match. */
const CONVERSATIONS_AT_ONCE = 64;
/** Messages first read of a conversation, where there are many, and of one alone. */
const FIRST_STRETCH = 8;
const FIRST_STRETCH_ALONE = 256;
/** Each further stretch is so many times as long. */
const STRETCH_GROWTH = 3;
/** Going to a conversation at all, and finding the place there, costs as much as so many messages. */
const CONVERSATION_COST = 20;

/** How far a conversation has been read: `next` is the newest message not yet looked at. */
type Front = { next: HitKey; stretch: number; isPlaced: boolean; clearedSeq: number };

/** Orders keys newest first, as PostgreSQL orders (created_at, conversation_id, seq) descending. */
function compareKeys(a: HitKey, b: HitKey): number {
  const time = b.createdAt.getTime() - a.createdAt.getTime();
  if (time !== 0) return time;
  if (a.conversationId !== b.conversationId) return a.conversationId < b.conversationId ? 1 : -1;
  return b.seq - a.seq;
}

function openFront(
  { clearedSeq, ...conversation }: SearchConversation,
  stretch: number,
  before?: HitKey,
): Front {
  if (!before || compareKeys(conversation, before) > 0)
    return { next: conversation, stretch, isPlaced: true, clearedSeq };
  // Of this conversation only messages behind the cursor count. Its own conversation's are known by their seq.
  if (conversation.conversationId === before.conversationId) {
    return { next: { ...before, seq: before.seq - 1 }, stretch, isPlaced: true, clearedSeq };
  }
  return { next: { ...conversation, createdAt: before.createdAt }, stretch, isPlaced: false, clearedSeq };
}

/** Finds where behind the cursor the conversations begin that had newer messages when it was made. */
async function placeFronts(fronts: Front[], before: HitKey | undefined): Promise<void> {
  const unplaced = fronts.filter((front) => !front.isPlaced);
  if (!before || unplaced.length === 0) return;
  // At the cursor's very time, conversations with a greater id are already behind the reader.
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

/** Matches in order; `unread` is the newest message not looked at when the budget ended before the page was full. */
export type Walk = { hits: HitKey[]; unread: HitKey | null };

/**
 * Merges the conversations' logs from the newest message down until `limit` matches are sure to be the
 * newest ones, the logs end, or the budget is read.
 */
export async function walkNewestFirst(input: {
  memberId: string;
  conversations: readonly SearchConversation[];
  terms: readonly string[];
  isPhrase: boolean;
  before?: HitKey;
  limit: number;
  /** Messages that it may read, or what costs as much. */
  budget: number;
}): Promise<Walk> {
  const { memberId, terms, isPhrase, before, limit, budget } = input;
  const hits: HitKey[] = [];
  const stretch = input.conversations.length === 1 ? FIRST_STRETCH_ALONE : FIRST_STRETCH;
  let fronts = input.conversations.map((conversation) => openFront(conversation, stretch, before));
  for (let walked = 0; ; ) {
    fronts = fronts.filter(({ next }) => next.seq > 0).sort((a, b) => compareKeys(a.next, b.next));
    hits.sort(compareKeys);
    const nth = hits[limit - 1];
    const newest = fronts[0];
    if (!newest || (nth && compareKeys(nth, newest.next) < 0)) {
      return { hits: hits.slice(0, limit), unread: null };
    }
    if (walked >= budget) {
      const sure = hits.filter((hit) => compareKeys(hit, newest.next) < 0);
      return { hits: sure.slice(0, limit), unread: newest.next };
    }

    // Conversations whose unread part is older than the page's last match cannot change the page.
    const open = fronts
      .filter(({ next }) => !nth || compareKeys(next, nth) < 0)
      .slice(0, CONVERSATIONS_AT_ONCE);
    const share = Math.max(FIRST_STRETCH, Math.ceil((budget - walked) / open.length));
    for (const front of open) front.stretch = Math.min(front.stretch, share);
    await placeFronts(open, before);
    const stretches = open.map(toStretch);
    const rows = await walkConversations({ memberId, stretches, terms, isPhrase, limit });
    const rowsByConversation = Map.groupBy(rows, (row) => row.conversationId);
    for (const front of open) {
      const from = front.next.seq;
      hits.push(...readFront(front, rowsByConversation.get(front.next.conversationId) ?? [], limit));
      walked += CONVERSATION_COST + from - front.next.seq;
    }
  }
}

function toStretch({ next, stretch, clearedSeq }: Front): Stretch {
  return { conversationId: next.conversationId, fromSeq: next.seq, length: stretch, clearedSeq };
}
