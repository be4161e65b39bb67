import type { FaultClient } from './client.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/** A star, or a message deleted for one person alone, as somebody wished it in a tab. */
export type Marked = { userId: string; conversationId: string; seq: number; kind: 'star' | 'hide' };

/** A person marks a message in a tab of theirs. */
export function mark(round: Round, { client, person }: FaultClient, wish: Omit<Marked, 'userId'>): void {
  const { kind, conversationId, seq } = wish;
  round.marked.push({ userId: person.userId, ...wish });
  if (kind === 'star') client.actions.star(conversationId, seq, true);
  else client.actions.deleteForMe(conversationId, seq);
}

/**
 * Looks for every mark that the server has been told of: none is lost, and nobody has one that they did not wish for. A
 * star is not asked of a message that was ever deleted for both, nor of one that its person deleted for themselves.
 */
export async function checkMarks(round: Round): Promise<void> {
  const wished = JSON.stringify(round.marked);
  const count = async () => {
    const { rows } = await round.world.pool.query<{ lost: number; strange: number }>(
      `with wished as (
         select * from json_to_recordset($1::json) as w ("userId" uuid, "conversationId" uuid, seq int, kind text)
       )
       select (
         select count(*)::int from wished w
         left join marks k on k.conversation_id = w."conversationId" and k.user_id = w."userId" and k.seq = w.seq
         where k.hidden_at is null and (w.kind = 'hide' or (k.starred_at is null and not exists (
           select 1 from changes c where c.conversation_id = w."conversationId" and c.seq = w.seq and c.kind = 'delete')))
       ) as lost, (
         select count(*)::int from marks k
         where k.conversation_id = any($2) and (k.hidden_at is not null or k.starred_at is not null)
           and not exists (select 1 from wished w
             where w."conversationId" = k.conversation_id and w."userId" = k.user_id and w.seq = k.seq)
       ) as strange`,
      [wished, round.cast.conversations.map(({ id }) => id)],
    );
    return rows[0];
  };
  let found: Awaited<ReturnType<typeof count>>;
  await waitFor(async () => {
    found = await count().catch(() => undefined);
    return found !== undefined;
  }, 'the marks to be read');
  if (found?.lost || found?.strange)
    round.findings.push(`marks: ${found.lost} lost, ${found.strange} strange`);
}
