import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.ts';
import type { UnmailedText } from '#db/queries/mail-outbox.ts';
import type { WrittenMail } from '#db/queries/mails.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { renderMessagesMail } from '../content/render.ts';
import { queueMails } from '../delivery/deliver-queue.ts';
import { makeReplyAddress } from '../reply/address.ts';

/** What a mail about messages is made of. */
export type MessagesMailDraft = {
  conversationId: string;
  recipient: { id: string; email: string; locale: Locale; username: string };
  partner: { username: string };
  /** At least one, oldest first; what one mail holds. */
  texts: UnmailedText[];
  /** Whether another mail with more of them follows. */
  isContinued: boolean;
  isRecipientLow: boolean;
};

/** Freezes mails about texts and their delivery jobs in the caller's transaction. */
export async function writeMessagesMails(tx: Tx, drafts: readonly MessagesMailDraft[]): Promise<void> {
  const written: WrittenMail[] = [];
  for (const draft of drafts) written.push(await renderDraft(draft));
  await queueMails(tx, written);
}

async function renderDraft(draft: MessagesMailDraft): Promise<WrittenMail> {
  const { conversationId, recipient, partner, texts, isContinued, isRecipientLow } = draft;
  const id = uuidv7();
  const fromSeq = texts[0]?.seq ?? 0;
  const toSeq = texts.at(-1)?.seq ?? 0;
  const payload = await renderMessagesMail({
    mailId: id,
    conversationId,
    recipientId: recipient.id,
    locale: recipient.locale,
    senderName: partner.username,
    // Where the first says itself what it answers, that is not shown twice.
    ownTextBefore: texts[0]?.answered ? undefined : (texts[0]?.ownTextBefore ?? undefined),
    texts,
    isContinued,
    replyTo: makeReplyAddress({ conversationId, isLow: isRecipientLow, quotedSeq: toSeq }),
  });
  return {
    mail: {
      id,
      kind: 'messages',
      recipientId: recipient.id,
      address: recipient.email,
      payload,
      idempotencyKey: `mail-${id}`,
    },
    ranges: [{ conversationId, fromSeq, toSeq, shownSeq: toSeq }],
  };
}
