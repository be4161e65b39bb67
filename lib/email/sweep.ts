import { getDb } from '#db/client.ts';
import { listOwed } from '#db/queries/mail-owed.ts';
import { listStalled, pruneMails } from '#db/queries/mails.ts';
import { pruneReceipts } from '#db/queries/receipts.ts';
import { pruneWebhookCalls } from '#db/queries/webhook-calls.ts';
import { type CollectJob, DELIVER_QUEUE, peekBoss } from './boss.ts';
import { enqueueCollect } from './notify.ts';
import { isHolding } from './policy.ts';

/** Rows looked at in one statement. */
const PAGE = 1000;

/**
 * Enqueues what is due and has no job: recipients whose peer wrote above their mail cursor, and
 * written mails that nobody delivers. What has a job already is left alone by the queues' keys.
 * `all` looks at every conversation, else at those with a message in the last day, and
 * forgets what has served its time.
 */
export async function sweepMail({ all }: { all: boolean }): Promise<void> {
  const db = getDb();
  let after: CollectJob | undefined;
  do {
    const owed = await listOwed(db, { all, isHolding: isHolding(), after, limit: PAGE });
    await enqueueCollect(owed);
    after = owed.length === PAGE ? owed.at(-1) : undefined;
  } while (after);

  let afterId: string | undefined;
  do {
    const stalled = await listStalled(db, { afterId, limit: PAGE });
    const jobs = stalled.map((mailId) => ({ data: { mailId }, singletonKey: mailId }));
    if (jobs.length > 0) await peekBoss()?.insert(DELIVER_QUEUE, jobs);
    afterId = stalled.length === PAGE ? stalled.at(-1) : undefined;
  } while (afterId);

  if (!all) return;
  await pruneMails(db);
  await pruneReceipts(db);
  await pruneWebhookCalls(db);
}
