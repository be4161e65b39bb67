import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.ts';
import { findOwnTextBefore } from '#db/queries/mail-outbox.ts';
import { insertMail } from '#db/queries/mails.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { renderMessagesMail } from './render.ts';
import { makeReplyAddress } from './reply/address.ts';

/** Freezes the mail about these texts, at least one, and its delivery job in the caller's transaction. */
export async function writeMessagesMail(
  tx: Tx,
  input: {
    conversationId: string;
    recipient: { id: string; email: string; locale: Locale; username: string };
    peer: { username: string };
    /** What is shown, oldest first. */
    texts: { seq: number; body: string }[];
    /** The last seq covered; texts up to it that are not shown are counted. */
    toSeq: number;
    moreCount: number;
    isRecipientLow: boolean;
  },
): Promise<void> {
  const { conversationId, recipient, peer, texts, toSeq, moreCount, isRecipientLow } = input;
  const id = uuidv7();
  const fromSeq = texts[0]?.seq ?? toSeq;
  const shownSeq = texts.at(-1)?.seq ?? toSeq;
  const payload = await renderMessagesMail({
    mailId: id,
    conversationId,
    recipientId: recipient.id,
    locale: recipient.locale,
    senderName: peer.username,
    ownTextBefore: await findOwnTextBefore(tx, { conversationId, seq: fromSeq, senderId: recipient.id }),
    texts,
    moreCount,
    replyTo: makeReplyAddress({ conversationId, isLow: isRecipientLow, quotedSeq: shownSeq }),
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
    [{ conversationId, fromSeq, toSeq, shownSeq }],
  );
  await enqueueDelivery(tx, id);
}
