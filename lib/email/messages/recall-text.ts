import { getDb } from '#db/client.ts';
import { emptyFailedMails, listPendingShowing } from '#db/queries/mail-content.ts';
import { hurryJob } from '#lib/jobs/enqueue.ts';
import { getLog } from '#lib/runtime/log.ts';
import { deliverQueue } from '../queues.ts';

type Place = { conversationId: string; seq?: number };

/**
 * Takes what a deleted or edited message said, or all that its reader deleted for themselves, out of mails that were given
 * up meanwhile, and brings forward the next try
 * of mails that wait and show or quote it: a try writes them anew with the texts as they are, or waits until the deletion
 * can be undone no more. A mail that is being handed over at this moment is left to that try and the one after. Called
 * after the commit; returns at once and never throws, as it only hastens what comes anyway.
 */
export function recallText(place: Place): void {
  forgetInMails(place).catch((error) => getLog().warn({ err: error }, 'deleted text left to the next try'));
}

async function forgetInMails(place: Place): Promise<void> {
  await emptyFailedMails(getDb(), place);
  for (const mailId of await listPendingShowing(getDb(), place)) {
    await hurryJob(deliverQueue, mailId);
  }
}
