import { getPool } from '../client.ts';

export type InsertMessageInput = {
  /** The login that sends; null for what came by e-mail, whose sender was proven otherwise. */
  sessionId: string | null;
  senderId: string;
  conversationId: string;
  clientId: string;
  /** Null for the text of another message that cannot be copied: it is stored as little as what is refused. */
  body: string | null;
  folded: string;
  searchKeys: number[];
  replyToSeq: number | null;
  forwarded: boolean;
  via: 'email' | null;
};

/** What the statement found and did for one message. */
export type InsertMessageResult = {
  isLive: boolean;
  /** The other member, null when the conversation is not one of the sender's. */
  partnerId: string | null;
  isRefused: boolean;
  /** Where the same sender's message with this clientId was stored before; null when it was not. */
  storedSeq: number | null;
  /** Of a message stored now; null when it was refused or stored before. */
  placed: { seq: number; revision: number; createdAt: Date } | null;
  /** The sender's read cursor, when this message moved it. */
  ownReadSeq: number | null;
};

type Row = Omit<InsertMessageResult, 'placed'> & {
  n: number;
  seq: number | null;
  revision: number;
  createdAt: Date;
};

/**
 * Stores messages of any conversations in one statement, which is one transaction and one round trip:
 * for each it checks the session row, the membership and the block, takes the next seq under the
 * conversation's row lock, inserts, and moves the sender's cursors when nothing of the partner's lies
 * unread. What one of them fails at by these rules touches no other. Results come in the order asked.
 *
 * @throws 23505 (unique violation) when one of them is being stored elsewhere at this moment; then
 * nothing of the whole is stored.
 */
export async function insertMessages(
  inputs: readonly InsertMessageInput[],
  idleSeconds: number,
): Promise<InsertMessageResult[]> {
  const { rows } = await getPool().query<Row>({
    name: 'messages-insert',
    text: STATEMENT,
    values: [JSON.stringify(inputs.map((input, n) => ({ n, ...input }))), idleSeconds],
  });
  const results: InsertMessageResult[] = [];
  for (const { n, seq, revision, createdAt, ...found } of rows) {
    results[n] = { ...found, placed: seq === null ? null : { seq, revision, createdAt } };
  }
  return results;
}

// The subqueries with a limit keep the planner to one index look-up for each message: it knows neither
// how many come nor, on a young database, that the tables will grow, and would read them whole.
const STATEMENT = `
  with input as materialized (
    select * from json_to_recordset($1::json) as r(n int, "sessionId" uuid, "senderId" uuid,
      "conversationId" uuid, "clientId" text, body text, folded text, "searchKeys" int[], "replyToSeq" int,
      forwarded boolean, via text)
  ),
  checked as materialized (
    select i.*, partner.user_id as partner_id, partner.is_refused, stored.seq as stored_seq,
      live.id is not null or (i."sessionId" is null and i.via is not distinct from 'email') as is_live
    from input i
    left join lateral (
      select s.id from sessions s
      where s.id = i."sessionId" and s.user_id = i."senderId" and s.revoked_at is null
        and s.last_seen_at > now() - make_interval(secs => $2)
      limit 1
    ) live on true
    left join lateral (
      select p.user_id, p.blocked or me.blocked as is_refused from members me
      join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
      where me.conversation_id = i."conversationId" and me.user_id = i."senderId"
      limit 1
    ) partner on true
    left join lateral (
      select m.seq from messages m
      where m.conversation_id = i."conversationId" and m.sender_id = i."senderId" and m.client_id = i."clientId"
      limit 1
    ) stored on true
  ),
  welcome as (
    select * from checked where is_live and not is_refused and stored_seq is null and body is not null
  ),
  -- In one order, so that two nodes with the same conversations wait for each other and never in a ring.
  locked as materialized (
    select c.id, c.low_user_id, c.last_seq, c.revision, c.low_last_seq, c.high_last_seq,
      greatest(clock_timestamp(), c.last_message_at)::timestamptz(3) as at
    from conversations c
    where c.id = any (array(select "conversationId" from welcome))
    order by c.id
    for no key update
  ),
  placed as materialized (
    select w.*, l.at, w."senderId" = l.low_user_id as is_low,
      case when w."senderId" = l.low_user_id then l.high_last_seq else l.low_last_seq end as partner_last_seq,
      (l.last_seq + row_number() over log)::int as seq, (l.revision + row_number() over log)::int as revision,
      bool_or(w."senderId" <> l.low_user_id) over log as high_has_spoken,
      bool_or(w."senderId" = l.low_user_id) over log as low_has_spoken
    from welcome w join locked l on l.id = w."conversationId"
    where w."replyToSeq" is null or w."replyToSeq" <= l.last_seq
    window log as (partition by l.id order by w.n)
  ),
  bumped as (
    update conversations c set last_seq = grown.seq, revision = grown.revision, last_message_at = grown.at,
      low_last_seq = coalesce(grown.low_seq, c.low_last_seq),
      high_last_seq = coalesce(grown.high_seq, c.high_last_seq)
    from (
      select "conversationId" as id, max(seq) as seq, max(revision) as revision, max(at) as at,
        max(seq) filter (where is_low) as low_seq, max(seq) filter (where not is_low) as high_seq
      from placed group by 1
    ) grown
    where c.id = grown.id
  ),
  inserted as (
    insert into messages (conversation_id, seq, revision, client_id, sender_id, body, folded, search_keys,
      created_at, reply_to_seq, forwarded, via)
    select "conversationId", seq, revision, "clientId", "senderId", body, folded, "searchKeys", at, "replyToSeq",
      forwarded, via
    from placed
  ),
  -- A sender has seen what lies below their own text only as far as no text of the partner's comes before it.
  own as (
    update members m set read_seq = reached.seq, delivered_seq = reached.seq
    from (
      select p."conversationId" as id, p."senderId" as sender_id, max(p.seq) as seq,
        min(p.partner_last_seq) as partner_last_seq
      from placed p
      where not case when p.is_low then p.high_has_spoken else p.low_has_spoken end
      group by 1, 2
    ) reached
    where m.conversation_id = reached.id and m.user_id = reached.sender_id
      and m.read_seq >= reached.partner_last_seq
    returning m.conversation_id, m.user_id, m.read_seq
  )
  select k.n, k.is_live as "isLive", k.partner_id as "partnerId", coalesce(k.is_refused, false) as "isRefused",
    k.stored_seq as "storedSeq", p.seq, p.revision, p.at as "createdAt", own.read_seq as "ownReadSeq"
  from checked k
  left join placed p on p.n = k.n
  left join own on own.conversation_id = p."conversationId" and own.user_id = p."senderId"
    and own.read_seq = p.seq`;
