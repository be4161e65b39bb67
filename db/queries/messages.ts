import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type pg from 'pg';
import { PREVIEW_LENGTH } from '#lib/text/plain-text.ts';
import { getPool } from '../client.ts';
import { messages } from '../schema/index.ts';

/**
 * What search keeps of a message for itself (lib/text/message-keys.ts) is given to no reader, nor what only a later
 * edit asks.
 */
const {
  folded: _folded,
  searchKeys: _searchKeys,
  textRevision: _textRevision,
  ...columns
} = getTableColumns(messages);

/** The message that a reply answers, as it is now; times as PostgreSQL writes them into JSON. */
export type QuoteJson = { seq: number; senderId: string; body: string; deletedAt: string | null };

/** A message as the queries here select it: every column that is a reader's, and what it answers. */
export type MessageRow = Pick<typeof messages.$inferSelect, keyof typeof columns> & {
  replyTo: QuoteJson | null;
};

/** What a message called `alias` answers: looked up by its key for replies alone. */
const selectQuote = (alias: string) => `case when ${alias}.reply_to_seq is not null then (
  select json_build_object('seq', o.seq, 'senderId', o.sender_id, 'body', left(o.body, ${PREVIEW_LENGTH}),
    'deletedAt', o.deleted_at)
  from messages o where o.conversation_id = ${alias}.conversation_id and o.seq = ${alias}.reply_to_seq) end`;

/** The columns of `MessageRow` from a table or subquery called `alias`; of the body `bodyLength` characters. */
export function messageColumns(alias: string, bodyLength?: number): string {
  const own = Object.entries(columns).map(([key, { name }]) => {
    const isCut = key === 'body' && bodyLength !== undefined;
    return `${isCut ? `left(${alias}.${name}, ${bodyLength})` : `${alias}.${name}`} as "${key}"`;
  });
  return [...own, `${selectQuote(alias)} as "replyTo"`].join(', ');
}

/** The same for statements that the query builder makes from the table itself. */
export const messageFields = {
  ...columns,
  replyTo: sql.raw(selectQuote('messages')).as('replyTo') as SQL.Aliased<QuoteJson | null>,
};

/** A message as PostgreSQL writes it into JSON: with times as text. */
export type MessageJson = {
  [Key in keyof MessageRow]: Date extends MessageRow[Key] ? string | null : MessageRow[Key];
};

/** Reads the times of a message that came as JSON. */
export function readMessageJson(json: MessageJson): MessageRow {
  const read = Object.entries(json).map(([key, value]) => {
    const isTime =
      key in columns && columns[key as keyof typeof columns].dataType === 'date' && value !== null;
    return [key, isTime ? new Date(value as string) : value];
  });
  return Object.fromEntries(read) as MessageRow;
}

/** Where a page lies: at one side of a seq, around one, or at the newest end. */
export type PageAnchor = { beforeSeq?: number; afterSeq?: number; aroundSeq?: number };

export type PageRow = {
  headRevision: number;
  lastSeq: number;
  /** Of the reader: 0 while they never marked anything, and up to where they deleted the conversation for themselves. */
  marksRevision: number;
  clearedSeq: number;
} & (
  | ({ isPin: false } & (MessageRow | { seq: null }))
  /** A pinned message, its body cut to a preview. */
  | ({ isPin: true } & MessageRow)
);

/**
 * A page of history and the conversation's head in one snapshot; with a page at no side of another also all that is
 * pinned, wherever it stands.
 *
 * Seqs have no gaps, so each kind of page is a range of them and costs the same at any depth.
 * Returns no row when the conversation is not one of this member's; one row with `seq` null when
 * the page is empty.
 */
export async function selectPage(
  input: { memberId: string; conversationId: string; limit: number } & PageAnchor,
  client: pg.Pool | pg.PoolClient = getPool(),
): Promise<PageRow[]> {
  const { rows } = await client.query<PageRow>({
    name: 'messages-page',
    text: `
      with conversation as (
        select c.id, c.revision, c.last_seq, c.pinned_seqs, me.marks_revision, me.cleared_seq,
          greatest(me.cleared_seq + 1, case
            when $4::int is not null then least($4, c.last_seq + 1) - $3
            when $5::int is not null then least($5, c.last_seq) + 1
            when $6::int is not null then greatest(1, least($6 - $3 / 2, c.last_seq - $3 + 1))
            else c.last_seq - $3 + 1
          end) as first_seq
        from members me join conversations c on c.id = me.conversation_id
        where me.conversation_id = $1 and me.user_id = $2
      )
      select conversation.revision as "headRevision", conversation.last_seq as "lastSeq",
        conversation.marks_revision as "marksRevision", conversation.cleared_seq as "clearedSeq", false as "isPin",
        ${messageColumns('m')}
      from conversation
      left join messages m on m.conversation_id = conversation.id
        and m.seq >= conversation.first_seq and m.seq < conversation.first_seq + $3
        and ($4::int is null or m.seq < $4)
      union all
      select conversation.revision, conversation.last_seq, conversation.marks_revision, conversation.cleared_seq, true,
        ${messageColumns('p', PREVIEW_LENGTH)}
      from conversation
      join messages p on p.conversation_id = conversation.id and p.seq = any(conversation.pinned_seqs)
        and p.seq > conversation.cleared_seq
      where $4::int is null and $5::int is null
      order by "isPin", seq`,
    values: [
      input.conversationId,
      input.memberId,
      input.limit,
      input.beforeSeq ?? null,
      input.afterSeq ?? null,
      input.aroundSeq ?? null,
    ],
  });
  return rows;
}

/** One message by its place; the caller has made sure that the reader may see it. */
export async function selectMessage(conversationId: string, seq: number): Promise<MessageRow | undefined> {
  const { rows } = await getPool().query<MessageRow>({
    name: 'messages-one',
    text: `select ${messageColumns('m')} from messages m where m.conversation_id = $1 and m.seq = $2`,
    values: [conversationId, seq],
  });
  return rows[0];
}
