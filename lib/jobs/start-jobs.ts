import pLimit, { type LimitFunction } from 'p-limit';
import { type JobResult, PgBoss, type Job as TakenJob } from 'pg-boss';
import { getDatabaseUrl } from '#db/client.ts';
import { ResilientClient } from '#db/resilient-client.ts';
import { getLog } from '#lib/runtime/log.ts';
import { type Job, type JobSchedule, POSTPONED } from './define-job.ts';
import { bossSingleton } from './enqueue.ts';

/** How long a stop waits (ms) for the jobs in hand; what takes longer goes back to the queue. */
const STOP_LIMIT_MS = 2_500;

/**
 * Starts the queue in this process: makes each job's queue, its schedules and its workers. Several processes share
 * the work over the database. Called after migration; a second call does nothing.
 *
 * @param retired names of jobs that earlier releases had: their schedules end.
 * @throws when the database cannot be reached.
 */
export async function startJobs(jobs: readonly Job[], retired: readonly string[] = []): Promise<void> {
  if (bossSingleton.peek()) return;
  const boss = await openBoss();
  for (const job of jobs) await makeQueue(boss, job);
  bossSingleton.set(boss);
  for (const job of jobs) await startWorkers(boss, job);
  await setSchedules(boss, [...jobs, ...retired.map((name) => ({ name, options: {} }))]);
  for (const { name, options } of jobs) {
    const { atStart } = options;
    if (atStart) await boss.send(name, atStart.data, { singletonKey: atStart.key });
  }
}

/** Finishes the jobs in hand, up to a limit, and lets go of the database. What waits stays queued. */
export async function stopJobs(): Promise<void> {
  await bossSingleton.peek()?.stop({ graceful: true, timeout: STOP_LIMIT_MS });
  bossSingleton.clear();
}

async function openBoss(): Promise<PgBoss> {
  const options = {
    Client: ResilientClient,
    connectionString: getDatabaseUrl(),
    schema: 'pgboss',
    application_name: 'dandul-jobs',
    max: 4,
    useListenNotify: true,
    persistWarnings: false,
    registerInstance: false,
  };
  const boss = new PgBoss(options);
  // Without a listener a lost connection would end the process; the queue reconnects by itself.
  boss.on('error', (error) => getLog().warn({ err: error }, 'job queue'));
  boss.on('warning', ({ message }) => getLog().debug({ reason: message }, 'job queue'));
  await boss.start({ attempts: 5 });
  return boss;
}

/** Makes a queue, or gives one that an earlier release made what this one wants of it. */
async function makeQueue(boss: PgBoss, { name, options }: Job): Promise<void> {
  const { policy, workers, batchSize, pollSeconds, schedules, atStart, ...stored } = options;
  await boss.createQueue(name, { policy, ...stored });
  await boss.updateQueue(name, stored);
}

/**
 * Lets workers do the jobs of a queue. One that finished looks for more at once; after a failure, or where a job was
 * postponed, it pauses, as the others behind it may wait for the same.
 */
async function startWorkers(boss: PgBoss, job: Job): Promise<void> {
  const { workers = 1, batchSize = 1, pollSeconds = 1 } = job.options;
  // A notice wakes workers at once; polling brings the retries and what was sent to a deaf listener.
  const polling = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
  const inTurn = pLimit(workers);
  for (let index = 0; index < workers; index += 1) {
    const worker: { id?: string } = {};
    worker.id = await boss.work(
      job.name,
      { ...polling, batchSize, perJobResults: true },
      async (batch: TakenJob<object>[]) => {
        const ends = await runBatch(job, batch, inTurn);
        if (worker.id && ends.every(({ mayGoOn }) => mayGoOn)) boss.notifyWorker(worker.id);
        return ends.map(({ result }) => result);
      },
    );
  }
}

type End = { result: JobResult; mayGoOn: boolean };

/** Does a batch together where its job can, else, or if that fails, each job by itself when its turn comes. */
async function runBatch(job: Job, batch: TakenJob<object>[], inTurn: LimitFunction): Promise<End[]> {
  if (job.runTogether && batch.length > 1) {
    try {
      await job.runTogether(batch.map(({ data }) => data));
      return batch.map(({ id }) => ({ result: { id, status: 'completed' }, mayGoOn: true }));
    } catch (error) {
      getLog().debug({ err: error, job: job.name }, 'jobs failed together, each is done by itself');
    }
  }
  return Promise.all(batch.map((taken) => inTurn(() => runJob(job, taken))));
}

/** Does one job. A failure is this job's alone, whatever else was taken with it. */
async function runJob(job: Job, { id, data, signal }: TakenJob<object>): Promise<End> {
  try {
    // Its turn may come after this node gave it back, at a stop.
    signal.throwIfAborted();
    const outcome = await job.run(data, id);
    return { result: { id, status: 'completed' }, mayGoOn: outcome !== POSTPONED };
  } catch (error) {
    getLog().warn({ err: error, job: job.name }, 'job failed, the queue decides whether it comes again');
    return { result: { id, status: 'failed', output: toOutput(error) }, mayGoOn: false };
  }
}

/** What is kept with a failed job. The error itself can hold the values of a query. */
function toOutput(error: unknown): object {
  const { message, code } = error as { message?: string; code?: string };
  return { message: String(message ?? error).slice(0, 500), code };
}

type Scheduled = { name: string; options: { schedules?: JobSchedule<object>[] } };

/** Sets the schedules of these jobs and takes away what an earlier release set and this one does not know. */
async function setSchedules(boss: PgBoss, jobs: readonly Scheduled[]): Promise<void> {
  const found = await boss.getSchedules();
  for (const { name, options } of jobs) {
    const { schedules = [] } = options;
    for (const { cron, data, key } of schedules) {
      await boss.schedule(name, cron, data, key === undefined ? {} : { key, singletonKey: key });
    }
    const wanted = new Set(schedules.map(({ key }) => key ?? ''));
    for (const { key } of found.filter((one) => one.name === name && !wanted.has(one.key))) {
      await boss.unschedule(name, key);
    }
  }
}
