import { getDb } from '#db/client.ts';
import { listOwed } from '#db/queries/mail-owed.ts';
import { listStalled } from '#db/queries/mails.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import { enqueueAll } from '#lib/jobs/enqueue.ts';
import { enqueueCollect } from '../messages/notify.ts';
import { type CollectJob, deliverQueue } from '../queues.ts';

/** Rows looked at in one statement. */
const PAGE = 1000;

/**
 * Enqueues what is due and has no job: recipients whose partner wrote above their mail cursor, and
 * written mails that nobody delivers. What has a job already is left alone by the queues' keys.
 * `all` looks at every conversation, else at those with a message in the last day.
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
    await enqueueAll(
      deliverQueue,
      stalled.map((mailId) => ({ mailId })),
    );
    afterId = stalled.length === PAGE ? stalled.at(-1) : undefined;
  } while (afterId);
}
