import { getDb } from '#db/client.ts';
import { emptyFailedMails } from '#db/queries/mail-content.ts';
import { clearUpTo, findLastSeq, lockMarks, takeMarksRevision } from '#db/queries/marks.ts';
import { selectMembership } from '#db/queries/memberships.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { canMarkMessages } from './permissions.ts';
import type { ClearInput } from './schemas.ts';
import type { ChatResult } from './types.ts';
import { fail } from './wire.ts';

type Cleared = { clearedSeq: number; revision: number };

/**
 * Deletes a conversation for one person alone up to a seq, for good: nothing up to it is shown, found, counted or mailed
 * to them any more, and it is in their list again once something is said. The partner keeps everything and hears nothing;
 * so the read cursor, which they see, stays. Asking again for less, or the same, is answered with what is so.
 *
 * Errors: `not_found` (not a member), `invalid` (above the newest seq).
 */
export async function clearConversation({
  memberId,
  conversationId,
  upToSeq,
}: { memberId: string } & ClearInput): Promise<ChatResult<Cleared>> {
  const side = { memberId, conversationId };
  if (!canMarkMessages(await selectMembership(side))) return fail('not_found');
  const outcome = await getDb().transaction(async (tx): Promise<ChatResult<Cleared & { isNew: boolean }>> => {
    const known = await lockMarks(tx, side);
    if (!known) return fail('not_found');
    if (upToSeq > (await findLastSeq(tx, conversationId))) return fail('invalid');
    // One that was opened again since, and in which nothing was said, leaves the list once more.
    if (upToSeq < known.clearedSeq || (upToSeq === known.clearedSeq && !known.isOpened))
      return ok({ clearedSeq: known.clearedSeq, revision: known.revision, isNew: false });
    await clearUpTo(tx, side, upToSeq);
    const revision = await takeMarksRevision(tx, side);
    await emptyFailedMails(tx, { conversationId });
    return ok({ clearedSeq: upToSeq, revision, isNew: true });
  });
  if (!outcome.ok) return outcome;
  const { isNew, clearedSeq, revision } = outcome.value;
  const change = { conversationId, revision, clearedSeq };
  if (isNew) chatEvents.emit('marks:changed', { viewerId: memberId, change });
  return ok({ clearedSeq, revision });
}
