import type pg from 'pg';
import { UNREAD_LIMIT } from '#lib/chat/sizes.ts';
import { PREVIEW_LENGTH } from '#lib/text/plain-text.ts';
import { getPool } from '../client.ts';
import type { PersonState } from '../schema/index.ts';
import { IS_LISTED, isHiddenFromMe } from './marks.ts';
import { type MessageJson, type MessageRow, messageColumns, readMessageJson } from './messages.ts';

/** A conversation as one member's list shows it. */
export type EntryRow = {
  conversationId: string;
  createdAt: Date;
  activeAt: Date;
  lastSeq: number;
  revision: number;
  deliveredSeq: number;
  readSeq: number;
  blocked: boolean;
  muted: boolean;
  partnerId: string;
  partnerUsername: string;
  partnerDeliveredSeq: number;
  partnerReadSeq: number;
  /** 0 while the member never marked anything. */
  marksRevision: number;
  clearedSeq: number;
  /** False where they deleted the conversation for themselves and nothing is there since. */
  isListed: boolean;
  /** The newest message that the member is shown, its body cut to a preview; null where there is none. */
  lastMessage: MessageRow | null;
  unread: number;
};

/** An entry as `entrySelect` gives it. */
export type EntryJson = Omit<EntryRow, 'lastMessage'> & { lastMessage: MessageJson | null };

export function readEntryJson(row: EntryJson): EntryRow {
  return { ...row, lastMessage: row.lastMessage && readMessageJson(row.lastMessage) };
}

/** Selects `EntryJson` from `me`, one member's side; a condition on it follows. */
export const entrySelect = `
  select c.id as "conversationId", c.created_at as "createdAt",
    coalesce(c.last_message_at, c.created_at) as "activeAt", c.last_seq as "lastSeq", c.revision,
    me.delivered_seq as "deliveredSeq", me.read_seq as "readSeq", me.blocked, me.muted,
    me.marks_revision as "marksRevision", me.cleared_seq as "clearedSeq", ${IS_LISTED} as "isListed",
    p.user_id as "partnerId", u.username as "partnerUsername",
    coalesce(p.sealed_delivered_seq, p.delivered_seq) as "partnerDeliveredSeq",
    coalesce(p.sealed_read_seq, p.read_seq) as "partnerReadSeq",
    (select row_to_json(newest) from (
      select ${messageColumns('m', PREVIEW_LENGTH)} from messages m
      where m.conversation_id = c.id and m.seq > me.cleared_seq and not m.vanished
        and not ${isHiddenFromMe('m')} order by m.seq desc limit 1) as newest) as "lastMessage",
    case
      when me.read_seq >= case when c.low_user_id = me.user_id then c.high_last_seq else c.low_last_seq end
      then 0
      else (select count(*)::int from (
        select 1 from messages n
        where n.conversation_id = c.id and n.seq > greatest(me.read_seq, me.cleared_seq) and n.sender_id <> me.user_id
          and n.deleted_at is null and not ${isHiddenFromMe('n')}
        limit ${UNREAD_LIMIT}) as counted)
    end as unread
  from members me
  join conversations c on c.id = me.conversation_id
  join members p on p.conversation_id = c.id and p.user_id <> me.user_id
  join users u on u.id = p.user_id`;

/** A member's conversations, newest activity first; `before` is the last entry of the page before. */
export async function selectEntries(input: {
  memberId: string;
  limit: number;
  before?: { at: string; conversationId: string };
}): Promise<EntryRow[]> {
  const { rows } = await getPool().query<EntryJson>({
    name: 'conversation-entries',
    // Whoever hid the newest messages knows an older time of the entry than the one that places it, which is looked up.
    // The page is chosen first: partner, newest message and unread count are looked up for its conversations alone.
    text: `
      with page as materialized (
        select c.id, coalesce(c.last_message_at, c.created_at) as active_at
        from members me join conversations c on c.id = me.conversation_id
        where me.user_id = $1 and ${IS_LISTED}
          and ($3::timestamptz is null or (coalesce(c.last_message_at, c.created_at), c.id) < (greatest($3, (
            select coalesce(x.last_message_at, x.created_at) from members own join conversations x on x.id = own.conversation_id
            where own.user_id = $1 and own.conversation_id = $4 and own.marks_revision > 0
          )), $4::uuid))
        order by 2 desc, 1 desc
        limit $2
      )
      ${entrySelect}
      join page on page.id = c.id
      where me.user_id = $1
      order by page.active_at desc, page.id desc`,
    values: [
      input.memberId,
      input.limit,
      input.before ? new Date(input.before.at) : null,
      input.before?.conversationId ?? null,
    ],
  });
  return rows.map(readEntryJson);
}

/** One conversation from a member's side, or undefined when it is not theirs. */
export async function selectEntry(
  input: { memberId: string; conversationId: string },
  client: pg.Pool | pg.PoolClient = getPool(),
): Promise<EntryRow | undefined> {
  const { rows } = await client.query<EntryJson>({
    name: 'conversation-entry',
    text: `${entrySelect} where me.user_id = $1 and me.conversation_id = $2`,
    values: [input.memberId, input.conversationId],
  });
  return rows[0] && readEntryJson(rows[0]);
}

export type PairRow = { partnerState: PersonState; isBegun: boolean };

/** How a person stands to another: undefined when there is no such other person. `isBegun` when they have a conversation. */
export async function selectPair(input: {
  memberId: string;
  partnerId: string;
}): Promise<PairRow | undefined> {
  const { rows } = await getPool().query<PairRow>({
    name: 'conversation-pair',
    text: `
      select u.state as "partnerState", exists (
        select 1 from conversations
        where low_user_id = least($1::uuid, u.id) and high_user_id = greatest($1::uuid, u.id)
      ) as "isBegun"
      from users u where u.id = $2 and u.id <> $1`,
    values: [input.memberId, input.partnerId],
  });
  return rows[0];
}

/**
 * Opens the conversation of a pair: makes it, or marks the existing one as opened by this person. Heads tell of one that they
 * had deleted for themselves by its mark.
 * Undefined when the partner does not exist or is the person.
 */
export async function openPair(input: {
  id: string;
  memberId: string;
  partnerId: string;
}): Promise<string | undefined> {
  // A concurrent insert of the same pair commits after this statement's snapshot; the second run sees it.
  return (await runOpenPair(input)) ?? (await runOpenPair(input));
}

async function runOpenPair(input: { id: string; memberId: string; partnerId: string }) {
  const { rows } = await getPool().query<{ id: string }>({
    name: 'conversation-open',
    text: `
      with partner as (select id from users where id = $3 and id <> $2),
      found as (
        select c.id from conversations c
        where c.low_user_id = least($2::uuid, $3::uuid) and c.high_user_id = greatest($2::uuid, $3::uuid)
      ),
      made as (
        insert into conversations (id, low_user_id, high_user_id)
        select $1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid) from partner
        where not exists (select 1 from found)
        on conflict (low_user_id, high_user_id) do nothing
        returning id
      ),
      joined as (
        insert into members (conversation_id, user_id, opened)
        select made.id, person.id, person.id = $2::uuid
        from made cross join unnest(array[$2::uuid, $3::uuid]) as person(id)
      ),
      reopened as (
        update members set opened = true, marks_revision = marks_revision + (marks_revision > 0)::int
        from found
        where conversation_id = found.id and user_id = $2 and not opened
        returning conversation_id, user_id, cleared_seq
      ),
      told as (
        update marks k set at = clock_timestamp() from reopened r
        where k.conversation_id = r.conversation_id and k.user_id = r.user_id and k.seq = r.cleared_seq
      )
      select id from made union all select id from found`,
    values: [input.id, input.memberId, input.partnerId],
  });
  return rows[0]?.id;
}
