import { getDb } from '#db/client.ts';
import { noteBounce } from '#db/queries/mail-outcomes.ts';
import { stopAddress } from '#db/queries/mail-preferences.ts';
import { findJudgedMail, recordAttempt } from '#db/queries/mails.ts';
import { UNDO_KEPT_SECONDS } from '#lib/chat/sizes.ts';
import { POSTPONED } from '#lib/jobs/define-job.ts';
import { postponeJob } from '#lib/jobs/enqueue.ts';
import { getLog } from '#lib/runtime/log.ts';
import { decideFate } from '../messages/policy.ts';
import { DELIVERY_LIMIT_MS, deliverQueue } from '../queues.ts';
import { getTransport } from '../transports/index.ts';
import type { TransportError } from '../transports/transport.ts';
import { cancelMail } from './cancel-mail.ts';
import { endMail } from './end-mail.ts';

type Failure = {
  message: string;
  /** The same with what the receiving side said, for the operator. */
  reason: string;
  permanent: boolean;
  isBounce: boolean;
  retryAfterSeconds: number | undefined;
};

/** Reads a failure by its code, since classes differ between bundles. */
function readFailure(error: unknown): Failure {
  const { code, message, answer, permanent, isBounce, retryAfterSeconds } =
    error as Partial<TransportError> & {
      code?: string;
    };
  const short = String(message ?? error).slice(0, 500);
  const isOurs = code === 'MAIL_TRANSPORT';
  return {
    message: short,
    reason: answer ? `${short}: ${answer}` : short,
    permanent: isOurs && permanent === true,
    isBounce: isOurs && isBounce === true,
    retryAfterSeconds: isOurs ? retryAfterSeconds : undefined,
  };
}

/**
 * Hands one pending mail to the transport. What is true now decides once more: it is cancelled when
 * its address, the recipient's preference or their standing with the sender has changed, and written
 * anew to the address in use, or with texts as they were edited, and without those deleted, meanwhile. What is still wanted of a
 * cancelled mail is owed again. A passing failure is thrown, so that the queue
 * backs off and repeats with the same row; a lasting one, or a day of failures, ends it.
 *
 * @returns `POSTPONED` when the receiver asked to wait, or a text of it was deleted seconds ago, which may be undone.
 */
export async function deliverMail(mailId: string, jobId?: string): Promise<typeof POSTPONED | undefined> {
  const db = getDb();
  const found = await findJudgedMail(db, mailId, 'pending');
  if (!found) return undefined;
  const { mail } = found;
  if (found.mayBeUndone && jobId) {
    await postponeJob(deliverQueue, jobId, {
      message: 'a deletion may be undone',
      seconds: UNDO_KEPT_SECONDS,
    });
    return POSTPONED;
  }
  const fate = decideFate(found);
  if (fate) {
    await cancelMail(mail, fate);
    return undefined;
  }
  try {
    await getTransport().send(mail);
  } catch (error) {
    const failure = readFailure(error);
    const since = mail.retriedAt ?? mail.createdAt;
    if (failure.permanent || Date.now() - since.getTime() > DELIVERY_LIMIT_MS) {
      getLog().error({ mailId, reason: failure.message }, 'mail given up');
      // First, so that what waits behind it does not go there as well.
      if (failure.isBounce) await bounce(mail);
      await endMail(mail, 'failed', failure.reason);
      return undefined;
    }
    await recordAttempt(db, mail.id, failure.reason);
    getLog().warn({ mailId, reason: failure.message }, 'mail not sent yet, will be tried again');
    if (!jobId || !failure.retryAfterSeconds) throw error;
    await postponeJob(deliverQueue, jobId, { message: failure.message, seconds: failure.retryAfterSeconds });
    return POSTPONED;
  }
  await endMail(mail, 'sent');
  return undefined;
}

async function bounce(mail: { id: string; recipientId: string; address: string }): Promise<void> {
  await noteBounce(getDb(), mail.id);
  await stopAddress(getDb(), { userId: mail.recipientId, address: mail.address, reason: 'bounced' });
}
