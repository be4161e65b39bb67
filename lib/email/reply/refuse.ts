import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { getDb } from '#db/client.ts';
import { insertMail } from '#db/queries/mails.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import { enqueueDelivery } from '../deliver-queue.ts';
import { renderRefusalMail } from '../render-account.ts';
import type { ReceiveResult } from './receive.ts';

/**
 * Answers a reply that was not taken with a polite mail, once for the same reply and a few times an
 * hour to one address, so that no stranger can be flooded by forged replies.
 */
export async function answerRefusal(refusal: Extract<ReceiveResult, { kind: 'refused' }>): Promise<void> {
  const { from, messageId, text, isProven } = refusal.mail;
  if (!from || !isProven) return;
  const allowance = await consumeLimit('replyRefusal', from.toLowerCase());
  if (!allowance.ok) return;
  const id = uuidv7();
  const { reason, locale, ownerId, excerpt } = refusal;
  const payload = await renderRefusalMail({ mailId: id, locale, reason, inReplyTo: messageId, excerpt });
  const name = createHash('sha256')
    .update(messageId ?? JSON.stringify([from, text]))
    .digest('base64url');
  await getDb().transaction(async (tx) => {
    const isNew = await insertMail(tx, {
      id,
      kind: 'refusal',
      recipientId: ownerId,
      address: from,
      payload,
      idempotencyKey: `refusal-${name}`,
    });
    if (isNew) await enqueueDelivery(tx, id);
  });
}
