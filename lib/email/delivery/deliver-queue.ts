import type { Tx } from '#db/client.ts';
import { insertMails, type WrittenMail } from '#db/queries/mails.ts';
import { enqueueAll } from '#lib/jobs/enqueue.ts';
import { deliverQueue } from '../queues.ts';

/**
 * Freezes mails and their delivery jobs in the caller's transaction, so that both exist or neither; one whose key
 * is there already is left out. Where no queue runs in this process a mail waits for the sweep.
 */
export async function queueMails(tx: Tx, written: readonly WrittenMail[]): Promise<void> {
  const ids = await insertMails(tx, written);
  await enqueueAll(
    deliverQueue,
    ids.map((mailId) => ({ mailId })),
    { tx },
  );
}
