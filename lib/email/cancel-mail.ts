import { getDb } from '#db/client.ts';
import { oweAgain } from '#db/queries/mail-outbox.ts';
import { type Mail, settleMail } from '#db/queries/mails.ts';
import { askForSummary } from '#db/queries/summaries.ts';
import { enqueueCollect } from './notify.ts';
import type { UnsentFate } from './policy.ts';
import { rewriteMail } from './rewrite-mail.ts';

/** Cancels a mail that does not go as it was written, and sees to what becomes of its texts. */
export async function cancelMail(
  mail: Pick<Mail, 'id' | 'kind' | 'recipientId' | 'address'>,
  fate: UnsentFate,
): Promise<void> {
  if (fate === 'rewrite') return rewriteMail(mail);
  const owed = await getDb().transaction(async (tx) => {
    if (!(await settleMail(tx, mail.id, 'cancelled')) || fate === 'drop') return [];
    if (mail.kind === 'summary') await askForSummary(tx, mail.recipientId);
    return oweAgain(tx, mail.id, mail.recipientId);
  });
  // Those who wait for their summary or their confirmation are left to it by the collector.
  await enqueueCollect(owed.map((conversationId) => ({ conversationId, recipientId: mail.recipientId })));
}
