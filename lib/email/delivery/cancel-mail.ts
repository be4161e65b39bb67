import { getDb } from '#db/client.ts';
import { oweAgain } from '#db/queries/mail-outbox.ts';
import { type Mail, settleMail } from '#db/queries/mails.ts';
import { askForSummary } from '#db/queries/summaries.ts';
import type { UnsentFate } from '../messages/policy.ts';
import { wakeBehind } from './end-mail.ts';
import { rewriteMail } from './rewrite-mail.ts';

/** Cancels a mail that does not go as it was written, and sees to what becomes of its texts. */
export async function cancelMail(
  mail: Pick<Mail, 'id' | 'kind' | 'recipientId' | 'address'>,
  fate: UnsentFate,
): Promise<void> {
  if (fate === 'rewrite') return rewriteMail(mail);
  await getDb().transaction(async (tx) => {
    if (!(await settleMail(tx, mail.id, 'cancelled'))) return;
    if (fate === 'oweAgain') {
      if (mail.kind === 'summary') await askForSummary(tx, mail.recipientId);
      await oweAgain(tx, mail.id, mail.recipientId);
    }
    // Those who wait for their summary or their confirmation are left to it by the collector.
    await wakeBehind(tx, mail);
  });
}
