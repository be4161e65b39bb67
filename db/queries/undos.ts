import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { type DeletedContent, messages, messageVersions, undos } from '../schema/index.ts';

type Place = { conversationId: string; seq: number };

const isAt = ({ conversationId, seq }: Place) =>
  and(eq(undos.conversationId, conversationId), eq(undos.seq, seq));

/** Keeps what a message is, before it is emptied, where an undo finds it for so long. */
export async function keepForUndo(tx: Tx, { conversationId, seq }: Place, seconds: number): Promise<void> {
  await tx.execute(sql`
    insert into ${undos} (conversation_id, seq, content, expires_at)
    select m.conversation_id, m.seq, jsonb_build_object(
      'body', m.body, 'editedAt', m.edited_at, 'textRevision', m.text_revision, 'replyToSeq', m.reply_to_seq,
      'reactions', m.reactions, 'versions', (
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

/** Makes a deleted message what it was; the caller has locked the conversation. */
export async function refillMessage(
  tx: Tx,
  { conversationId, seq }: Place,
  { versions, editedAt, ...content }: DeletedContent & { folded: string; searchKeys: number[] },
): Promise<void> {
  await tx
    .update(messages)
    .set({ ...content, editedAt: editedAt ? new Date(editedAt) : null, deletedAt: null, vanished: false })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
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

/** Forgets what can be undone no more; for good. */
export async function forgetUndos(db: Db, limit = 1_000): Promise<number> {
  const result = await db.execute(sql`
    delete from ${undos} where ctid in (
      select ctid from ${undos} where ${lte(undos.expiresAt, sql`clock_timestamp()`)} limit ${limit})`);
  return result.rowCount ?? 0;
}
