import { getDb } from '#db/client.ts';
import { noteBounce } from '#db/queries/mail-outcomes.ts';
import { stopAddress } from '#db/queries/mail-preferences.ts';
import { findPendingMail, recordAttempt, settleMail } from '#db/queries/mails.ts';
import { getLog } from '#lib/log.ts';
import { DELIVER_QUEUE, DELIVERY_LIMIT_MS, peekBoss } from './boss.ts';
import { cancelMail } from './cancel-mail.ts';
import { decideUnsent, mayDeliver } from './policy.ts';
import { getTransport } from './transports/index.ts';

type Failure = {
  message: string;
  permanent: boolean;
  isBounce: boolean;
  retryAfterSeconds: number | undefined;
};

/** Reads a failure by its code, since classes differ between bundles. */
function readFailure(error: unknown): Failure {
  const { code, message, permanent, isBounce, retryAfterSeconds } = error as Partial<Failure> & {
    code?: string;
  };
  const isOurs = code === 'MAIL_TRANSPORT';
  return {
    message: String(message ?? error).slice(0, 500),
    permanent: isOurs && permanent === true,
    isBounce: isOurs && isBounce === true,
    retryAfterSeconds: isOurs ? retryAfterSeconds : undefined,
  };
}

/**
 * Hands one pending mail to the transport. What is true now decides once more: it is cancelled when
 * its address, the recipient's preference or their standing with the sender has changed, and written
 * anew to the address in use, or without a text that was deleted meanwhile. What is still wanted of a
 * cancelled mail is owed again. A passing failure is thrown, so that the queue
 * backs off and repeats with the same row; a lasting one, or a day of failures, ends it.
 */
export async function deliverMail(mailId: string, jobId?: string): Promise<void> {
  const db = getDb();
  const found = await findPendingMail(db, mailId);
  if (!found) return;
  const { mail } = found;
  if (!mayDeliver(found)) return cancelMail(mail, decideUnsent(found));
  if (found.showsDeleted) return cancelMail(mail, mail.kind === 'messages' ? 'rewrite' : 'oweAgain');
  try {
    await getTransport().send(mail);
  } catch (error) {
    const failure = readFailure(error);
    const since = mail.retriedAt ?? mail.createdAt;
    if (failure.permanent || Date.now() - since.getTime() > DELIVERY_LIMIT_MS) {
      getLog().error({ mailId, reason: failure.message }, 'mail given up');
      await settleMail(db, mail.id, 'failed', failure.message);
      if (failure.isBounce) await bounce(mail);
      return;
    }
    await recordAttempt(db, mail.id, failure.message);
    getLog().warn({ mailId, reason: failure.message }, 'mail not sent yet, will be tried again');
    if (jobId && failure.retryAfterSeconds) return postpone(jobId, failure);
    throw error;
  }
  await settleMail(db, mail.id, 'sent');
}

async function bounce(mail: { id: string; recipientId: string; address: string }): Promise<void> {
  await noteBounce(getDb(), mail.id);
  await stopAddress(getDb(), { userId: mail.recipientId, address: mail.address, reason: 'bounced' });
}

/** Ends this attempt as failed and sets the next for when the receiver asked, not by our back-off. */
async function postpone(jobId: string, { message, retryAfterSeconds }: Failure): Promise<void> {
  const boss = peekBoss();
  await boss?.fail(DELIVER_QUEUE, jobId, { message });
  await boss?.update(DELIVER_QUEUE, undefined, { id: jobId, startAfter: retryAfterSeconds });
}
