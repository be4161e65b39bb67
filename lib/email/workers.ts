import { PgBoss } from 'pg-boss';
import { getDatabaseUrl } from '#db/client.ts';
import { ResilientClient } from '#db/resilient-client.ts';
import { getLog } from '#lib/log.ts';
import { peekMemo, setMemo } from '#lib/memo.ts';
import {
  COLLECT_QUEUE,
  type CollectJob,
  DELIVER_QUEUE,
  type DeliverJob,
  peekBoss,
  QUEUES,
  RECEIVE_QUEUE,
  type ReceiveJob,
  SUMMARY_QUEUE,
  SUMMARY_SWEEP_QUEUE,
  type SummaryJob,
  SWEEP_QUEUE,
  type SweepJob,
} from './boss.ts';
import { collectMail } from './collect.ts';
import { deliverMail } from './deliver.ts';
import { receiveFromResend } from './reply/from-resend.ts';
import { collectSummary, sweepSummaries } from './summary.ts';
import { sweepMail } from './sweep.ts';
import { closeTransport } from './transports/index.ts';

/** How long a stop waits (ms) for the mails in hand; what takes longer goes back to the queue. */
const STOP_LIMIT_MS = 2_500;
/** A notice wakes workers at once; polling brings the retries and what was sent to a deaf listener. */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };

/**
 * Starts the mail queues and their workers in this process. Several processes share the work over the
 * database. Called after migration; a second call does nothing.
 *
 * @throws when the database cannot be reached.
 */
export async function startMailWorkers(): Promise<void> {
  if (peekBoss()) return;
  const options = {
    Client: ResilientClient,
    connectionString: getDatabaseUrl(),
    schema: 'pgboss',
    application_name: 'dandul-mail',
    max: 4,
    useListenNotify: true,
    persistWarnings: false,
    registerInstance: false,
  };
  const boss = new PgBoss(options);
  // Without a listener a lost connection would end the process; the queue reconnects by itself.
  boss.on('error', (error) => getLog().warn({ err: error }, 'mail queue'));
  boss.on('warning', ({ message }) => getLog().debug({ reason: message }, 'mail queue'));
  await boss.start({ attempts: 5 });
  for (const { name, ...options } of QUEUES) await boss.createQueue(name, options);
  setMemo('boss', boss);

  await boss.work<CollectJob>(COLLECT_QUEUE, { ...POLLING, localConcurrency: 2 }, async ([job]) => {
    if (job) await collectMail(job.data);
  });
  await boss.work<DeliverJob>(DELIVER_QUEUE, { ...POLLING, localConcurrency: 3 }, async ([job]) => {
    if (job) await deliverMail(job.data.mailId, job.id);
  });
  await boss.work<SweepJob>(SWEEP_QUEUE, { ...POLLING }, async ([job]) => {
    await sweepMail({ all: job?.data?.all === true });
  });
  await boss.work(SUMMARY_SWEEP_QUEUE, { ...POLLING }, sweepSummaries);
  await boss.work<SummaryJob>(SUMMARY_QUEUE, { ...POLLING }, async ([job]) => {
    if (job) await collectSummary(job.data.userId);
  });
  await boss.work<ReceiveJob>(RECEIVE_QUEUE, { ...POLLING }, async ([job]) => {
    if (job) await receiveFromResend(job.data.emailId);
  });
  await boss.schedule(SWEEP_QUEUE, '* * * * *', { all: false });
  await boss.schedule(SUMMARY_SWEEP_QUEUE, '*/5 * * * *', {});
  await boss.send(SWEEP_QUEUE, { all: true }, { singletonKey: 'all' });
}

/** Finishes the mails in hand, up to a limit, and lets go of the database. What waits stays queued. */
export async function stopMailWorkers(): Promise<void> {
  const boss = peekMemo<PgBoss>('boss');
  if (!boss) return;
  await boss.stop({ graceful: true, timeout: STOP_LIMIT_MS });
  setMemo('boss', undefined);
  closeTransport();
  setMemo('mailTransport', undefined);
  setMemo('resend', undefined);
}
