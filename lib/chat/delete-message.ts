import { emptyMessage } from '#db/queries/empty-message.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import { canDeleteMessage } from './permissions.ts';
import type { DeleteInput } from './schemas.ts';
import type { ChatResult, Message } from './types.ts';

const deletion: MessageChange = {
  kind: 'delete',
  refuse: (message, memberId) => (canDeleteMessage(memberId, message) ? undefined : 'not_found'),
  isMade: ({ deletedAt }) => deletedAt !== null,
  apply: emptyMessage,
};

/**
 * Deletes one of the member's own messages for both people: its text goes from the log, from search, and from
 * mails that wait or were given up. Its place stays, empty. Deleting it again answers with it as it is.
 *
 * Errors: `not_found` (not a member, no such message, or the partner's).
 */
export async function deleteMessage(
  input: { memberId: string } & Omit<DeleteInput, 'scope'>,
): Promise<ChatResult<{ message: Message }>> {
  return changeMessage(input, deletion);
}
