import { v7 as uuidv7 } from 'uuid';
import { getDb } from '#db/client.ts';
import { insertMail } from '#db/queries/mails.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { renderAccountMail } from './render.ts';

/**
 * Writes an account mail (address confirmation or password reset) and its delivery job in one
 * transaction; workers send it. Resolves when that is committed, so a caller whose answer must not
 * tell by its time whether an account exists does not await it.
 *
 * @throws when the database cannot be reached.
 */
export async function queueAccountMail(input: {
  kind: 'verify' | 'reset';
  userId: string;
  address: string;
  locale: Locale;
  username: string;
  url: string;
}): Promise<void> {
  const id = uuidv7();
  const payload = await renderAccountMail({ ...input, mailId: id });
  await getDb().transaction(async (tx) => {
    await insertMail(tx, {
      id,
      kind: input.kind,
      recipientId: input.userId,
      address: input.address,
      payload,
      idempotencyKey: `mail-${id}`,
    });
    await enqueueDelivery(tx, id);
  });
}
