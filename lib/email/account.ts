import { v7 as uuidv7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import { insertMail } from '#db/queries/mails.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { type AccountMail, renderAccountMail } from './render-account.ts';

/**
 * Writes a mail about an account and its delivery job in one transaction; workers send it. Resolves
 * when that is committed, so a caller whose answer must not tell by its time whether an account
 * exists does not await it.
 *
 * @param tx the caller's own transaction, of which both are then part: what the mail tells of and the mail
 * happen together or not at all. Call `warmTemplates` before it begins.
 * @throws when the database cannot be reached.
 */
export async function queueAccountMail(
  input: AccountMail & { userId: string; address: string },
  tx?: Tx,
): Promise<void> {
  const { userId, address, ...mail } = input;
  const id = uuidv7();
  const payload = await renderAccountMail({ ...mail, mailId: id });
  const write = async (db: Tx) => {
    const idempotencyKey = `mail-${id}`;
    await insertMail(db, { id, kind: mail.kind, recipientId: userId, address, payload, idempotencyKey });
    await enqueueDelivery(db, id);
  };
  await (tx ? write(tx) : getDb().transaction(write));
}
