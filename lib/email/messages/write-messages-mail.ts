import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.ts';
import type { UnmailedText } from '#db/queries/mail-outbox.ts';
import { insertMail } from '#db/queries/mails.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { renderMessagesMail } from '../content/render.ts';
import { enqueueDelivery } from '../delivery/deliver-queue.ts';
import { makeReplyAddress } from '../reply/address.ts';

/** Freezes the mail about these texts, at least one, and its delivery job in the caller's transaction. */
export async function writeMessagesMail(
  tx: Tx,
  input: {
    conversationId: string;
    recipient: { id: string; email: string; locale: Locale; username: string };
    partner: { username: string };
    /** Oldest first; what one mail holds. */
    texts: UnmailedText[];
    /** Whether another mail with more of them follows. */
    isContinued: boolean;
    isRecipientLow: boolean;
  },
): Promise<void> {
  const { conversationId, recipient, partner, texts, isContinued, isRecipientLow } = input;
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
  await insertMail(
    tx,
    {
      id,
      kind: 'messages',
      recipientId: recipient.id,
      address: recipient.email,
      payload,
      idempotencyKey: `mail-${id}`,
    },
    [{ conversationId, fromSeq, toSeq, shownSeq: toSeq }],
  );
  await enqueueDelivery(tx, id);
}
