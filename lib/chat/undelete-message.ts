import { lockReaders, setActivity } from '#db/queries/empty-message.ts';
import { type MarkedPerson, putStarsBack } from '#db/queries/marks.ts';
import { refillMessage, takeUndo } from '#db/queries/undos.ts';
import { messageKeys } from '../text/message-keys.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import { canDeleteMessage } from './permissions.ts';
import type { UndeleteInput } from './schemas.ts';
import { tellStars } from './tell-stars.ts';
import type { ChatResult, Message } from './types.ts';

const undeletion = (starred: MarkedPerson[]): MessageChange => ({
  kind: 'undelete',
  refuse: ({ message }, memberId) => (canDeleteMessage(memberId, message) ? undefined : 'not_found'),
  isMade: ({ message }) => message.deletedAt === null,
  async apply(tx, { message }) {
    const { conversationId, vanished } = message;
    // So that whoever writes a mail now sees it deleted with the undo still open, or standing.
    await lockReaders(tx, conversationId);
    const content = await takeUndo(tx, message);
    if (!content) return false;
    await refillMessage(tx, message, { ...content, ...messageKeys(conversationId, content.body) });
    starred.push(...(await putStarsBack(tx, message, content.stars ?? [])));
    if (vanished) await setActivity(tx, conversationId);
    return true;
  },
});

/**
 * Takes the deletion of one of the member's own messages back: it is again, for both, what it was. Undeleting what is
 * not deleted answers with it as it is.
 *
 * Errors: `not_found` (not a member, no such message, or the partner's), `too_late` (`UNDO_KEPT_SECONDS` are over).
 */
export async function undeleteMessage(
  input: { memberId: string } & UndeleteInput,
): Promise<ChatResult<{ message: Message }>> {
  const starred: MarkedPerson[] = [];
  const outcome = await changeMessage(input, undeletion(starred));
  tellStars(input, starred, true);
  return outcome;
}
