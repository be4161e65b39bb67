import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { is } from 'valibot';
import { getDb } from '#db/client.ts';
import { insertMail } from '#db/queries/mails.ts';
import { emailSchema } from '#lib/auth/schemas.ts';
import { consumeLimits } from '#lib/rate-limit.ts';
import { enqueueDelivery } from '../deliver-queue.ts';
import { renderRefusalMail } from '../render-account.ts';
import type { ReceiveResult } from './receive.ts';

/**
 * Answers a reply that was not taken with a polite mail, unless it is forged: once for the same
 * reply, and a few times an hour to one address and about one person's reply addresses, so that nobody
 * is mailed for what a stranger did in their name.
 */
export async function answerRefusal(refusal: Extract<ReceiveResult, { kind: 'refused' }>): Promise<void> {
  const { from, messageId, text, verdict } = refusal.mail;
  // What can stand in a mail as an address can be more than one to who sends an answer there.
  if (verdict === 'forged' || !is(emailSchema, from)) return;
  const { reason, locale, ownerId, excerpt } = refusal;
  const allowance = await consumeLimits([
    ['replyRefusal', ownerId],
    ['replyRefusal', from.toLowerCase()],
  ]);
  if (!allowance.ok) return;
  const id = uuidv7();
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
