import type { Tx } from '#db/client.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { deliverQueue } from '../queues.ts';

/**
 * Adds the delivery job of a mail to the caller's transaction, so that both exist or neither. Where
 * no queue runs in this process the mail waits for the sweep.
 */
export async function enqueueDelivery(tx: Tx, mailId: string): Promise<void> {
  await enqueue(deliverQueue, { mailId }, { tx });
}
