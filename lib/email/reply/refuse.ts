import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { is } from 'valibot';
import { getDb } from '#db/client.ts';
import { emailSchema } from '#lib/auth/forms/schemas.ts';
import { consumeLimit, consumeLimits } from '#lib/runtime/rate-limit.ts';
import type { RenderedMail } from '../content/render.ts';
import { renderDroppedMail, renderRefusalMail } from '../content/render-account.ts';
import { queueMails } from '../delivery/deliver-queue.ts';
import type { IncomingMail } from './incoming.ts';
import type { Dropped, ReceiveResult } from './receive.ts';

/**
 * Answers a reply that was not taken with a polite mail, unless it is forged: once for the same
 * reply, and a few times an hour to one address and about one person's reply addresses, so that nobody
 * is mailed for what a stranger did in their name.
 */
export async function answerRefusal(refusal: Extract<ReceiveResult, { kind: 'refused' }>): Promise<void> {
  const { from, verdict } = refusal.mail;
  // What a mail has as one address may be several to the server that sends the answer.
  if (verdict === 'forged' || !is(emailSchema, from)) return;
  const { reason, locale, ownerId, excerpt } = refusal;
  const allowance = await consumeLimits([
    ['replyRefusal', ownerId],
    ['replyRefusal', from.toLowerCase()],
  ]);
  if (!allowance.ok) return;
  const { messageId: inReplyTo } = refusal.mail;
  await mailAnswer(refusal.mail, { ownerId, address: from, name: 'refusal' }, (mailId) =>
    renderRefusalMail({ mailId, locale, reason, inReplyTo, excerpt }),
  );
}

/**
 * Tells somebody whose reply was accepted which part of it was not, once for each reply: about files
 * at most once an hour, about words each time.
 */
export async function noteDropped({
  ownerId,
  address,
  locale,
  files,
  doubtful,
  mail,
}: Dropped): Promise<void> {
  const isFilesOnly = doubtful.length === 0;
  if (isFilesOnly && !(await consumeLimit('replyNote', ownerId)).ok) return;
  await mailAnswer(mail, { ownerId, address, name: 'dropped' }, (mailId) =>
    renderDroppedMail({ mailId, locale, inReplyTo: mail.messageId, files, doubtful }),
  );
}

async function mailAnswer(
  { messageId, from, text }: IncomingMail,
  { ownerId, address, name }: { ownerId: string; address: string; name: string },
  render: (mailId: string) => Promise<RenderedMail>,
): Promise<void> {
  const id = uuidv7();
  const payload = await render(id);
  const key = createHash('sha256')
    .update(messageId ?? JSON.stringify([from, text]))
    .digest('base64url');
  await getDb().transaction(async (tx) => {
    const idempotencyKey = `${name}-${key}`;
    const mail = { id, kind: 'refusal' as const, recipientId: ownerId, address, payload, idempotencyKey };
    await queueMails(tx, [{ mail }]);
  });
}
