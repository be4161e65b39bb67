import { v7 as uuidv7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import type { AccountMail, AccountMailer } from '#lib/auth/accounts/account-mailer.ts';
import { warmTemplates } from './content/render.ts';
import { renderAccountMail } from './content/render-account.ts';
import { queueMails } from './delivery/deliver-queue.ts';
import { releaseHeldMail, skipHeldAndRead } from './messages/release-held.ts';

/** Writes a mail about an account, as `AccountMailer` says. */
export async function queueAccountMail(
  input: AccountMail & { userId: string; address: string },
  tx?: Tx,
): Promise<void> {
  const { userId, address, ...mail } = input;
  const id = uuidv7();
  const payload = await renderAccountMail({ ...mail, mailId: id });
  const write = async (db: Tx) => {
    const idempotencyKey = `mail-${id}`;
    const row = { id, kind: mail.kind, recipientId: userId, address, payload, idempotencyKey };
    await queueMails(db, [{ mail: row }]);
  };
  await (tx ? write(tx) : getDb().transaction(write));
}

/** What lib/auth mails with. */
export const accountMailer: AccountMailer = {
  warm: warmTemplates,
  queue: queueAccountMail,
  skipHeldAndRead,
  releaseHeld: releaseHeldMail,
};
