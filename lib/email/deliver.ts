import { getDb } from '#db/client.ts';
import { findPendingMail, recordAttempt, settleMail } from '#db/queries/mails.ts';
import { getLog } from '#lib/log.ts';
import { DELIVER_QUEUE, DELIVERY_LIMIT_MS, peekBoss } from './boss.ts';
import { getTransport } from './transports/index.ts';

type Failure = { message: string; permanent: boolean; retryAfterSeconds: number | undefined };

/** Reads a failure by its code, since classes differ between bundles. */
function readFailure(error: unknown): Failure {
  const { code, message, permanent, retryAfterSeconds } = error as Partial<Failure> & { code?: string };
  const isOurs = code === 'MAIL_TRANSPORT';
  return {
    message: String(message ?? error).slice(0, 500),
    permanent: isOurs && permanent === true,
    retryAfterSeconds: isOurs ? retryAfterSeconds : undefined,
  };
}

/**
 * Hands one pending mail to the transport. It is cancelled instead when its address is no longer the
 * recipient's or the recipient wants no such mails any more, at all or from this sender. A passing failure is thrown, so that the
 * queue backs off and repeats with the same row; a lasting one, or a day of failures, ends it.
 */
export async function deliverMail(mailId: string, jobId?: string): Promise<void> {
  const db = getDb();
  const found = await findPendingMail(db, mailId);
  if (!found) return;
  const { mail } = found;
  const isMoved = mail.kind !== 'verify' && mail.address !== found.address;
  const isUnwanted = mail.kind === 'messages' && (found.emailPreference === 'never' || found.hasBlocked);
  if (isMoved || isUnwanted) return settleMail(db, mail.id, 'cancelled');
  try {
    await getTransport().send(mail);
  } catch (error) {
    const failure = readFailure(error);
    if (failure.permanent || Date.now() - mail.createdAt.getTime() > DELIVERY_LIMIT_MS) {
      getLog().error({ mailId, reason: failure.message }, 'mail given up');
      return settleMail(db, mail.id, 'failed', failure.message);
    }
    await recordAttempt(db, mail.id, failure.message);
    getLog().warn({ mailId, reason: failure.message }, 'mail not sent yet, will be tried again');
    if (jobId && failure.retryAfterSeconds) return postpone(jobId, failure);
    throw error;
  }
  await settleMail(db, mail.id, 'sent');
}

/** Ends this attempt as failed and sets the next for when the receiver asked, not by our back-off. */
async function postpone(jobId: string, { message, retryAfterSeconds }: Failure): Promise<void> {
  const boss = peekBoss();
  await boss?.fail(DELIVER_QUEUE, jobId, { message });
  await boss?.update(DELIVER_QUEUE, undefined, { id: jobId, startAfter: retryAfterSeconds });
}
