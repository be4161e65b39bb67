import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { conversations, messages, messageVersions } from '../schema/index.ts';
import { lockReaders } from './empty-message.ts';

type Place = { conversationId: string; seq: number };

/** Keeps the text of a message as an earlier one and writes the new one; the caller has locked the conversation. */
export async function rewriteMessage(
  tx: Tx,
  { conversationId, seq }: Place,
  text: { body: string; folded: string; searchKeys: number[] },
): Promise<void> {
  await lockReaders(tx, conversationId);
  await tx.execute(sql`
    insert into ${messageVersions} (conversation_id, seq, version, body, at)
    select m.conversation_id, m.seq, 1 + coalesce((
      select max(v.version) from message_versions v where v.conversation_id = m.conversation_id and v.seq = m.seq
    ), 0), m.body, coalesce(m.edited_at, m.created_at)
    from messages m where m.conversation_id = ${conversationId} and m.seq = ${seq}`);
  await tx
    .update(messages)
    .set({
      ...text,
      editedAt: sql`clock_timestamp()`,
      // The revision that the change takes.
      textRevision: sql`(select ${conversations.revision} + 1 from ${conversations}
        where ${conversations.id} = ${conversationId})`,
    })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
}
