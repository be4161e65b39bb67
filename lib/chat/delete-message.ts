import { getDb } from '#db/client.ts';
import { emptyMessage } from '#db/queries/empty-message.ts';
import type { MarkedPerson } from '#db/queries/marks.ts';
import { forgetUndos } from '#db/queries/undos.ts';
import { getLog } from '#lib/runtime/log.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import { canDeleteMessage } from './permissions.ts';
import type { DeleteInput } from './schemas.ts';
import { UNDO_KEPT_SECONDS } from './sizes.ts';
import { tellStars } from './tell-stars.ts';
import type { ChatResult, Message } from './types.ts';

const deletion = (unstarred: MarkedPerson[]): MessageChange => ({
  kind: 'delete',
  refuse: ({ message }, memberId) => (canDeleteMessage(memberId, message) ? undefined : 'not_found'),
  isMade: ({ message }) => message.deletedAt !== null,
  async apply(tx, { message }) {
    unstarred.push(...(await emptyMessage(tx, message, UNDO_KEPT_SECONDS)));
    return true;
  },
});

/**
 * Deletes one of the member's own messages for both people: its text, earlier texts, reactions and both people's stars go from the log, from
 * search, and from mails that wait or were given up. Its place stays, empty; nobody is shown it when the partner
 * had not got the message in any way. What an undo needs is kept for `UNDO_KEPT_SECONDS`. Deleting it again answers
 * with it as it is.
 *
 * Errors: `not_found` (not a member, no such message, or the partner's).
 */
export async function deleteMessage(
  input: { memberId: string } & Omit<DeleteInput, 'scope'>,
): Promise<ChatResult<{ message: Message }>> {
  const unstarred: MarkedPerson[] = [];
  const outcome = await changeMessage(input, deletion(unstarred));
  tellStars(input, unstarred, false);
  if (outcome.ok) forgetLater();
  return outcome;
}

/** Forgets what can be undone no more; where this process ends before, a job does (lib/jobs/housekeeping.ts). */
function forgetLater(): void {
  const forget = () =>
    forgetUndos(getDb()).catch((error) => getLog().warn({ err: error }, 'deleted texts left to the job'));
  setTimeout(forget, UNDO_KEPT_SECONDS * 1000).unref();
}
