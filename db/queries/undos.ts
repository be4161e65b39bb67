import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { type DeletedContent, messages, messageVersions, undos } from '../schema/index.ts';
import { listPin } from './pins.ts';

type Place = { conversationId: string; seq: number };

const isAt = ({ conversationId, seq }: Place) =>
  and(eq(undos.conversationId, conversationId), eq(undos.seq, seq));

/** Keeps what a message is, before it is emptied, where an undo finds it for so long. */
export async function keepForUndo(tx: Tx, { conversationId, seq }: Place, seconds: number): Promise<void> {
  await tx.execute(sql`
    insert into ${undos} (conversation_id, seq, content, expires_at)
    select m.conversation_id, m.seq, jsonb_build_object(
      'body', m.body, 'editedAt', m.edited_at, 'textRevision', m.text_revision, 'replyToSeq', m.reply_to_seq,
      'reactions', m.reactions, 'pinnedAt', m.pinned_at, 'pinnedBy', m.pinned_by, 'isUnmailed', exists (
        select 1 from members p where p.conversation_id = m.conversation_id and p.user_id <> m.sender_id
          and (p.mailed_seq < m.seq or exists (
            select 1 from mail_ranges r join mails s on s.id = r.mail_id
            where r.conversation_id = m.conversation_id and m.seq between r.from_seq and r.shown_seq
              and s.recipient_id = p.user_id and s.state = 'pending'))
      ), 'stars', (
        select coalesce(jsonb_agg(jsonb_build_object('userId', k.user_id, 'at', k.starred_at)), '[]') from marks k
        where k.conversation_id = m.conversation_id and k.seq = m.seq and k.starred_at is not null
      ), 'versions', (
        select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'body', v.body, 'at', v.at)), '[]')
        from message_versions v where v.conversation_id = m.conversation_id and v.seq = m.seq)
    ), clock_timestamp() + make_interval(secs => ${seconds})
    from messages m where m.conversation_id = ${conversationId} and m.seq = ${seq}
    on conflict (conversation_id, seq) do update set content = excluded.content, expires_at = excluded.expires_at`);
}

/** Takes what an undo needs; undefined when its time is over. */
export async function takeUndo(tx: Tx, place: Place): Promise<DeletedContent | undefined> {
  const [row] = await tx
    .delete(undos)
    .where(and(isAt(place), gt(undos.expiresAt, sql`clock_timestamp()`)))
    .returning({ content: undos.content });
  return row?.content;
}

/** Takes a person's star out of what an undo brings back; the caller has locked their side. */
export async function forgetKeptStar(tx: Tx, place: Place, userId: string): Promise<void> {
  await tx
    .update(undos)
    .set({
      content: sql`jsonb_set(${undos.content}, '{stars}', (
        select coalesce(jsonb_agg(star), '[]') from jsonb_array_elements(${undos.content} -> 'stars') star
        where star ->> 'userId' <> ${userId}))`,
    })
    .where(and(isAt(place), sql`${undos.content} -> 'stars' is not null`));
}

/** Whether a deletion in this conversation can still be undone; asked with its members locked. */
export async function mayBeUndone(tx: Tx, conversationId: string): Promise<boolean> {
  const open = await tx
    .select({ seq: undos.seq })
    .from(undos)
    .where(and(eq(undos.conversationId, conversationId), gt(undos.expiresAt, sql`clock_timestamp()`)))
    .limit(1);
  return open.length > 0;
}

/**
 * Makes a deleted message what it was, its pin where there is room for it still; the caller has locked the conversation and the
 * mail cursors of both.
 */
export async function refillMessage(
  tx: Tx,
  { conversationId, seq }: Place,
  content: DeletedContent & { folded: string; searchKeys: number[] },
): Promise<void> {
  const { versions, editedAt, isUnmailed, pinnedAt, pinnedBy, stars: _, ...rest } = content;
  const isPinned = pinnedAt && pinnedBy && (await listPin(tx, { conversationId, seq }));
  await tx
    .update(messages)
    .set({
      ...rest,
      editedAt: editedAt ? new Date(editedAt) : null,
      ...(isPinned && { pinnedAt: new Date(pinnedAt), pinnedBy }),
      deletedAt: null,
      vanished: false,
    })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
  if (isUnmailed) await oweText(tx, { conversationId, seq });
  if (versions.length === 0) return;
  const rows = versions.map(({ version, body, at }) => ({
    conversationId,
    seq,
    version,
    body,
    at: new Date(at),
  }));
  await tx.insert(messageVersions).values(rows);
}

/**
 * Moves the mail cursor of a text's reader back to before it where mails passed over it while it was deleted: it is
 * unread, wanted, and in no mail that has gone or will go by itself.
 */
async function oweText(tx: Tx, { conversationId, seq }: Place): Promise<void> {
  await tx.execute(sql`
    update members m set mailed_seq = ${seq - 1}
    from messages t
    where t.conversation_id = ${conversationId} and t.seq = ${seq}
      and m.conversation_id = t.conversation_id and m.user_id <> t.sender_id
      and m.mailed_seq >= t.seq and m.read_seq < t.seq and not m.muted and not m.blocked and m.sealed_at is null
      and not exists (
        select 1 from mail_ranges r join mails s on s.id = r.mail_id
        where r.conversation_id = t.conversation_id and t.seq between r.from_seq and r.shown_seq
          and s.recipient_id = m.user_id and s.state <> 'cancelled')`);
}

/** Forgets what can be undone no more; for good. */
export async function forgetUndos(db: Db, limit = 1_000): Promise<number> {
  const result = await db.execute(sql`
    delete from ${undos} where ctid in (
      select ctid from ${undos} where ${lte(undos.expiresAt, sql`clock_timestamp()`)} limit ${limit})`);
  return result.rowCount ?? 0;
}
