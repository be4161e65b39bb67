import { getPool } from '../client.ts';
import { type MessageRow, messageColumns } from './messages.ts';

export type InsertMessageInput = {
  /** The login that sends; null for what came by e-mail, whose sender was proven otherwise. */
  sessionId: string | null;
  senderId: string;
  idleSeconds: number;
  conversationId: string;
  clientId: string;
  body: string;
  folded: string;
  bigrams: string[];
  replyToSeq: number | null;
  via: 'email' | null;
};

/** What the statement found and did; `message` is null when nothing was or is stored. */
export type InsertMessageResult = {
  isLive: boolean;
  /** The other member, null when the conversation is not one of the sender's. */
  peerId: string | null;
  isRefused: boolean;
  message: MessageRow | null;
  isDuplicate: boolean;
  /** The sender's read cursor, when this message moved it. */
  ownReadSeq: number | null;
};

const UNIQUE_VIOLATION = '23505';

/**
 * Stores a message in one statement, which is one transaction and one round trip: it checks the
 * session row, the membership and the block, takes the next seq under the conversation's row lock,
 * inserts, and moves the sender's cursors when nothing of the peer's lies unread.
 *
 * The same clientId by the same sender returns the stored message. Two at once collide on its
 * unique key, which undoes the whole statement, seq included; the second look then finds the first.
 */
export async function insertMessage(input: InsertMessageInput): Promise<InsertMessageResult> {
  try {
    return await runInsert(input);
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    return runInsert(input);
  }
}

async function runInsert(input: InsertMessageInput): Promise<InsertMessageResult> {
  const { rows } = await getPool().query({
    name: 'message-insert',
    text: `
      with caller as (
        select 1 from sessions
        where id = $1 and user_id = $2 and revoked_at is null
          and last_seen_at > now() - make_interval(secs => $3)
        union all
        select 1 where $1::uuid is null and $10::text = 'email'
      ),
      stored as (
        select * from messages where conversation_id = $4 and sender_id = $2 and client_id = $5
      ),
      peer as (
        select p.user_id, p.blocked from members me
        join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
        where me.conversation_id = $4 and me.user_id = $2
      ),
      bumped as (
        update conversations c set
          last_seq = c.last_seq + 1,
          revision = c.revision + 1,
          low_last_seq = case when c.low_user_id = $2 then c.last_seq + 1 else c.low_last_seq end,
          high_last_seq = case when c.high_user_id = $2 then c.last_seq + 1 else c.high_last_seq end,
          last_message_at = greatest(clock_timestamp(), c.last_message_at),
          updated_at = clock_timestamp()
        where c.id = $4
          and exists (select 1 from caller)
          and exists (select 1 from peer where not peer.blocked)
          and not exists (select 1 from stored)
          and ($9::int is null or $9 <= c.last_seq)
        returning c.id, c.last_seq, c.revision, c.last_message_at,
          case when c.low_user_id = $2 then c.high_last_seq else c.low_last_seq end as peer_last_seq
      ),
      inserted as (
        insert into messages (conversation_id, seq, revision, client_id, sender_id, body, folded,
          bigrams, created_at, reply_to_seq, via)
        select id, last_seq, revision, $5, $2, $6, $7, $8, last_message_at, $9, $10 from bumped
        returning *
      ),
      own as (
        update members m set read_seq = bumped.last_seq, delivered_seq = bumped.last_seq,
          updated_at = clock_timestamp()
        from bumped
        where m.conversation_id = bumped.id and m.user_id = $2 and m.read_seq >= bumped.peer_last_seq
        returning m.read_seq
      )
      select exists (select 1 from caller) as "isLive", peer.user_id as "peerId",
        coalesce(peer.blocked, false) as "isRefused", exists (select 1 from stored) as "isDuplicate",
        own.read_seq as "ownReadSeq", ${messageColumns('m')}
      from (select 1) as one
      left join peer on true
      left join own on true
      left join (select * from inserted union all select * from stored) m on exists (select 1 from caller)`,
    values: [
      input.sessionId,
      input.senderId,
      input.idleSeconds,
      input.conversationId,
      input.clientId,
      input.body,
      input.folded,
      input.bigrams,
      input.replyToSeq,
      input.via,
    ],
  });
  const { isLive, peerId, isRefused, isDuplicate, ownReadSeq, ...message } = rows[0];
  return { isLive, peerId, isRefused, isDuplicate, ownReadSeq, message: message.seq ? message : null };
}
