import { type ChatEvents, chatEvents } from '#lib/chat/events.ts';
import { notifyRecipient } from '#lib/email/messages/notify.ts';
import { recallText } from '#lib/email/messages/recall-text.ts';

/**
 * Lets people who are elsewhere hear of what is new: from here on, whenever a message was stored, those whom
 * `chooseRecipients` names are told by each way there is. Called once at the start of the process.
 */
export function startNotifications(): void {
  chatEvents.register('notifications', {
    'message:stored': notifyOfMessage,
    'message:changed': takeBackText,
    'marks:changed': takeBackHidden,
  });
}

/** Called for every message that is sent: it hands over and waits for nothing. */
function notifyOfMessage(event: ChatEvents['message:stored']): void {
  const { conversationId } = event.message;
  for (const recipientId of chooseRecipients(event)) {
    // What becomes of it, by preference, mute, block and reading, is decided when the mail is written.
    notifyRecipient({ conversationId, recipientId });
  }
}

/** What was deleted is told to nobody any more, and what was edited as it is now. */
function takeBackText({ kind, message }: ChatEvents['message:changed']): void {
  if (kind === 'delete' || kind === 'edit') recallText(message);
}

/** What a person deleted for themselves is told to them no more either. */
function takeBackHidden({ change }: ChatEvents['marks:changed']): void {
  if (change.seq === undefined || change.hidden) recallText(change);
}

/** Who is told of a new message: never its sender. */
function chooseRecipients({ recipientId }: ChatEvents['message:stored']): string[] {
  return [recipientId];
}
