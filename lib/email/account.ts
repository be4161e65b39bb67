import { v7 as uuidv7 } from 'uuid';
import { getDb } from '#db/client.ts';
import { insertMail } from '#db/queries/mails.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { type AccountMail, renderAccountMail } from './render-account.ts';

/**
 * Writes a mail about an account and its delivery job in one transaction; workers send it. Resolves
 * when that is committed, so a caller whose answer must not tell by its time whether an account
 * exists does not await it.
 *
 * @throws when the database cannot be reached.
 */
export async function queueAccountMail(
  input: AccountMail & { userId: string; address: string },
): Promise<void> {
  const { userId, address, ...mail } = input;
  const id = uuidv7();
  const payload = await renderAccountMail({ ...mail, mailId: id });
  await getDb().transaction(async (tx) => {
    const idempotencyKey = `mail-${id}`;
    await insertMail(tx, { id, kind: mail.kind, recipientId: userId, address, payload, idempotencyKey });
    await enqueueDelivery(tx, id);
  });
}
