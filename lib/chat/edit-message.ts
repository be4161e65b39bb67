import { rewriteMessage } from '#db/queries/rewrite-message.ts';
import { messageKeys } from '../text/message-keys.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import { canEditMessage } from './permissions.ts';
import type { EditInput } from './schemas.ts';
import { EDIT_HOURS } from './sizes.ts';
import type { ChatResult, Message } from './types.ts';

const HOUR_MS = 3_600_000;

const edit = (body: string, baseRevision: number): MessageChange => ({
  kind: 'edit',
  refuse({ message, textRevision, isSealed }, memberId) {
    if (!canEditMessage(memberId, message)) return 'not_found';
    if (message.deletedAt) return 'conflict';
    // A repeat of an edit whose acknowledgement was lost.
    if (message.body === body) return undefined;
    if (isSealed) return 'blocked';
    if (Date.now() - message.createdAt.getTime() > EDIT_HOURS * HOUR_MS) return 'too_late';
    return textRevision > baseRevision ? 'conflict' : undefined;
  },
  isMade: ({ message }) => message.body === body,
  async apply(tx, { message }) {
    await rewriteMessage(tx, message, { body, ...messageKeys(message.conversationId, body) });
    return true;
  },
});

/**
 * Changes the text of one of the member's own messages, for `EDIT_HOURS` after it was sent. The text before is kept for both to
 * look up. `body` is normalised. Nobody is notified: what waits to be mailed says the new text.
 *
 * Errors: `not_found` (not a member, no such message, or the partner's), `conflict` (its text changed after
 * `baseRevision`, or it was deleted), `too_late` (by the server's clock), `blocked` (a block stands between the two).
 */
export async function editMessage(
  input: { memberId: string } & EditInput,
): Promise<ChatResult<{ message: Message }>> {
  return changeMessage(input, edit(input.body, input.baseRevision));
}
