import { ALIKE } from '#lib/text/search-keys.ts';
import { getPool } from '../client.ts';
import { isGoneFor } from './marks.ts';
import { type MessageRow, messageColumns } from './messages.ts';

/** Where a message stands in the order of results: newest first by time, then conversation, then seq. */
export type HitKey = { createdAt: Date; conversationId: string; seq: number };

/** A conversation of the searcher's and its newest message's place. */
export type SearchConversation = HitKey & {
  /** Up to where they deleted it for themselves. */
  clearedSeq: number;
};

/** The member's conversations that have messages; with an id, that one or none. */
export async function selectSearchConversations(
  memberId: string,
  conversationId?: string,
): Promise<SearchConversation[]> {
  const { rows } = await getPool().query<SearchConversation>({
    name: 'search-conversations',
    text: `
      select c.id as "conversationId", c.last_seq as seq, coalesce(c.last_message_at, c.created_at) as "createdAt",
        me.cleared_seq as "clearedSeq"
      from members me join conversations c on c.id = me.conversation_id
      where me.user_id = $1 and ($2::uuid is null or c.id = $2)
        and ($2::uuid is not null or c.last_seq > me.cleared_seq)`,
    values: [memberId, conversationId ?? null],
  });
  return rows;
}

/** The newest seq in each conversation whose message is not newer than a time; 0 when all are. */
export async function selectSeqsAt(
  conversations: readonly { conversationId: string; seq: number }[],
  time: Date,
): Promise<Map<string, number>> {
  // Seqs have no gaps and times grow with them, so halving finds the place in some twenty steps.
  const { rows } = await getPool().query<{ conversationId: string; seq: number }>({
    name: 'search-seqs-at',
    text: `
      with recursive halving as (
        select conversation.id, 0 as low, conversation.seq as high
        from unnest($1::uuid[], $2::int[]) as conversation(id, seq)
        union all
        select h.id,
          case when m.created_at <= $3 then m.seq else h.low end,
          case when m.created_at <= $3 then h.high else m.seq - 1 end
        from halving h
        join messages m on m.conversation_id = h.id and m.seq = (h.low + h.high + 1) / 2
        where h.low < h.high
      )
      select id as "conversationId", low as seq from halving where low = high`,
    values: [
      conversations.map((conversation) => conversation.conversationId),
      conversations.map((conversation) => conversation.seq),
      time,
    ],
  });
  return new Map(rows.map((row) => [row.conversationId, row.seq]));
}

export type Stretch = { conversationId: string; fromSeq: number; length: number; clearedSeq: number };
export type WalkRow = {
  conversationId: string;
  seq: number | null;
  createdAt: Date | null;
  nextAt: Date | null;
};

/**
 * Reads a stretch of messages downward from `fromSeq` in each of some conversations and returns the keys of
 * those that hold all terms, at most `limit` a conversation, newest first. Each conversation has at least one row:
 * `nextAt` is the time of the message below the stretch, null at the beginning of what the member has of it.
 */
export async function walkConversations(input: {
  memberId: string;
  stretches: readonly Stretch[];
  terms: readonly string[];
  isPhrase: boolean;
  limit: number;
}): Promise<WalkRow[]> {
  const { rows } = await getPool().query<WalkRow>(
    `select s.id as "conversationId", hit.seq, hit.created_at as "createdAt", below.created_at as "nextAt"
     from unnest($1::uuid[], $2::int[], $3::int[], $5::int[]) as s(id, top, length, cleared)
     left join messages below on below.conversation_id = s.id and below.seq = s.top - s.length
       and below.seq > s.cleared
     left join lateral (
       select m.seq, m.created_at from messages m
       where m.conversation_id = s.id and m.seq <= s.top and m.seq > greatest(s.top - s.length, s.cleared)
         and ${holdAll(input.terms, 7, input.isPhrase)} and m.deleted_at is null and not ${isGoneFor('$6', 'm')}
       order by m.seq desc limit $4
     ) hit on true
     order by s.id, hit.seq desc`,
    [
      input.stretches.map((stretch) => stretch.conversationId),
      input.stretches.map((stretch) => stretch.fromSeq),
      input.stretches.map((stretch) => stretch.length),
      input.limit,
      input.stretches.map((stretch) => stretch.clearedSeq),
      input.memberId,
      ...input.terms,
    ],
  );
  return rows;
}

const quote = (constant: string) => `'${constant.replaceAll("'", "''")}'`;

/**
 * The condition that a message holds every term; these stand in the parameters from `first` on. What was
 * stored before quotes and "İ" were folded is folded here, for the terms that such a character can hide.
 */
function holdAll(terms: readonly string[], first: number, isPhrase = false): string {
  const text = isPhrase ? `replace(m.folded, ' ', '')` : 'm.folded';
  const conditions = terms.map((term, i) => {
    const held = `strpos(${text}, $${first + i}) > 0`;
    if (!/["'i]/.test(term)) return held;
    // Few messages hold one; a dot is found faster than any quote.
    const mayHide = /["']/.test(term)
      ? `m.folded ~ ${quote(`[${ALIKE.from}]`)}`
      : `strpos(m.folded, ${quote('\u0307')}) > 0`;
    const unified = `translate(${text}, ${quote(ALIKE.from)}, ${quote(ALIKE.to)})`;
    return `(${held} or (${mayHide} and strpos(${unified}, $${first + i}) > 0))`;
  });
  return conditions.join(' and ');
}

/**
 * The newest matches by the keys of some conversations' messages (lib/text/message-keys.ts), decided by the
 * folded text. Reads each conversation's messages that hold all keys, whatever others write.
 */
export async function lookUpHits(input: {
  memberId: string;
  conversations: readonly { conversationId: string; key: number }[];
  pairKeys: readonly number[];
  terms: readonly string[];
  before?: HitKey;
  limit: number;
}): Promise<HitKey[]> {
  const { conversations, before } = input;
  // `offset 0` keeps the conversation out of the inner part: an index on it would be read beside the keys.
  const { rows } = await getPool().query<HitKey>(
    `select m.conversation_id as "conversationId", m.seq, m.created_at as "createdAt"
     from unnest($1::uuid[], $2::int[]) as conversation(id, key) cross join lateral (
       select m.conversation_id, m.seq, m.created_at from messages m
       where m.search_keys @> array(select conversation.key | pair from unnest($3::int[]) as pair)
         and ${holdAll(input.terms, 9)} and m.deleted_at is null
       offset 0
     ) m
     where m.conversation_id = conversation.id and not ${isGoneFor('$8', 'm')} and ($4::timestamptz is null
       or (m.created_at, m.conversation_id, m.seq) < ($4, $5::uuid, $6::int))
     order by m.created_at desc, m.conversation_id desc, m.seq desc limit $7`,
    [
      conversations.map(({ conversationId }) => conversationId),
      conversations.map(({ key }) => key),
      input.pairKeys,
      before?.createdAt ?? null,
      before?.conversationId ?? null,
      before?.seq ?? null,
      input.limit,
      input.memberId,
      ...input.terms,
    ],
  );
  return rows;
}

export type HitRow = MessageRow & { partnerId: string; partnerUsername: string };

/** The messages at these keys that still stand for the member, with their partner there, newest first. */
export async function selectHits(memberId: string, keys: readonly HitKey[]): Promise<HitRow[]> {
  const { rows } = await getPool().query<HitRow>({
    name: 'search-hits',
    text: `
      select ${messageColumns('m')}, p.user_id as "partnerId", u.username as "partnerUsername"
      from unnest($2::uuid[], $3::int[]) as key(id, seq)
      join members me on me.conversation_id = key.id and me.user_id = $1
      join members p on p.conversation_id = key.id and p.user_id <> $1
      join users u on u.id = p.user_id
      join messages m on m.conversation_id = key.id and m.seq = key.seq
      where m.deleted_at is null and not ${isGoneFor('$1', 'm')}
      order by m.created_at desc, m.conversation_id desc, m.seq desc`,
    values: [memberId, keys.map((key) => key.conversationId), keys.map((key) => key.seq)],
  });
  return rows;
}
