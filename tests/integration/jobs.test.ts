import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { defineJob, defineQueue, type Job, type JobOptions } from '#lib/jobs/define-job.ts';
import { bossSingleton, enqueue, enqueueAll } from '#lib/jobs/enqueue.ts';
import { startJobs, stopJobs } from '#lib/jobs/start-jobs.ts';
import { jobs, retiredJobs } from '#lib/lifecycle/job-registry.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually } from '../support/mail.ts';

const { url } = await setUpDatabase();
afterEach(stopJobs);

/** What the handlers of these tests were given. */
const done: string[] = [];

/** A queue of its own for one test, and the job that notes the words it is given; of "bad" ones it throws. */
function makeJob(options: Partial<JobOptions<{ word: string }>> = {}) {
  const queue = defineQueue({
    name: `test.${randomUUID()}`,
    schema: v.object({ word: v.string() }),
    keyOf: ({ word }) => word,
    options: { policy: 'short' as const, notify: true, retryLimit: 0, ...options },
  });
  const job = defineJob({
    ...queue,
    async handler({ word }) {
      if (word === 'bad') throw new Error('cannot be done');
      done.push(word);
    },
  });
  return { queue, job };
}

/** The words of a queue's jobs with their states, in order; "none" for a job without one. */
async function readStates(queue: { name: string }): Promise<[word: string, state: string][]> {
  const { rows } = await getPool().query(
    `select coalesce(data->>'word', 'none') as word, state from pgboss.job where name = $1 order by 1`,
    [queue.name],
  );
  return rows.map(({ word, state }) => [word, state]);
}

test('a job is enqueued once for its key, and done', async () => {
  const { queue, job } = makeJob();
  await startJobs([job]);
  await enqueue(queue, { word: 'later' }, { startAfterSeconds: 3600 });
  await enqueue(queue, { word: 'later' });
  await enqueue(queue, { word: 'now' });
  await eventually(async () =>
    expect(await readStates(queue)).toEqual([
      ['later', 'created'],
      ['now', 'completed'],
    ]),
  );
  expect(done).toEqual(['now']);
});

test('one job of a batch that fails, or that cannot be read, fails alone', async () => {
  const { queue, job } = makeJob({ batchSize: 10 });
  await startJobs([job]);
  await bossSingleton.peek()?.offWork(queue.name);
  await enqueueAll(queue, [{ word: 'first' }, { word: 'bad' }, { word: 'last' }]);
  await bossSingleton.peek()?.send(queue.name, { name: 'of another release' });
  await stopJobs();
  await startJobs([job]);
  await eventually(async () =>
    expect(await readStates(queue)).toEqual([
      ['bad', 'failed'],
      ['first', 'completed'],
      ['last', 'completed'],
      ['none', 'failed'],
    ]),
  );
  const { rows } = await getPool().query(
    `select output->>'code' as code from pgboss.job where name = $1 and data->>'word' is null`,
    [queue.name],
  );
  expect(rows).toEqual([{ code: 'JOB_INVALID' }]);
});

test('what can be done together is, and each by itself when that fails', async () => {
  const { queue, job } = makeJob({ batchSize: 10 });
  const together: number[] = [];
  const joined: Job = {
    ...job,
    async runTogether(all) {
      together.push(all.length);
      if (JSON.stringify(all).includes('bad')) throw new Error('cannot be done together');
    },
  };
  const doneBefore = done.length;
  await startJobs([joined]);
  await enqueueAll(queue, [{ word: 'one' }, { word: 'two' }]);
  await eventually(async () =>
    expect(await readStates(queue)).toEqual([
      ['one', 'completed'],
      ['two', 'completed'],
    ]),
  );
  expect(together).toEqual([2]);
  expect(done.length).toBe(doneBefore);
  await enqueueAll(queue, [{ word: 'alone' }, { word: 'bad' }]);
  await eventually(async () =>
    expect(await readStates(queue)).toEqual([
      ['alone', 'completed'],
      ['bad', 'failed'],
      ['one', 'completed'],
      ['two', 'completed'],
    ]),
  );
  expect(done.slice(doneBefore)).toEqual(['alone']);
});

test('of a batch no more are under way at once than there are workers, and one that hangs holds up no other', async () => {
  const { queue, job } = makeJob({ batchSize: 10, workers: 2 });
  const gate = Promise.withResolvers<void>();
  let [underWay, most] = [0, 0];
  const slow: Job = {
    ...job,
    async run(data, id) {
      underWay += 1;
      most = Math.max(most, underWay);
      await (JSON.stringify(data).includes('hangs') ? gate.promise : nextTurn());
      underWay -= 1;
      return job.run(data, id);
    },
  };
  const doneBefore = done.length;
  await startJobs([slow]);
  await enqueueAll(queue, [{ word: 'hangs' }, { word: 'p' }, { word: 'q' }, { word: 'r' }]);
  await eventually(() => expect(done.slice(doneBefore).sort()).toEqual(['p', 'q', 'r']));
  gate.resolve();
  await eventually(async () =>
    expect((await readStates(queue)).map(([, state]) => state)).toEqual(Array(4).fill('completed')),
  );
  expect(most).toBe(2);
});

test('part of a transaction that is undone, a job never was', async () => {
  const { queue, job } = makeJob();
  await startJobs([job]);
  const undone = getDb().transaction(async (tx) => {
    await enqueue(queue, { word: 'undone' }, { tx });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(await readStates(queue)).toEqual([]);
});

test('schedules follow the registry, and those of a retired job end', async () => {
  const schedules = [
    { cron: '1 1 * * *', data: { word: 'a' } },
    { cron: '2 2 * * *', data: { word: 'b' }, key: 'b' },
  ];
  const { queue, job } = makeJob({ schedules });
  const read = async () =>
    (await bossSingleton.peek()?.getSchedules(queue.name))?.map(({ cron, key }) => `${key} ${cron}`).sort();
  await startJobs([job]);
  expect(await read()).toEqual([' 1 1 * * *', 'b 2 2 * * *']);
  await stopJobs();
  const later: Job = { ...job, options: { ...job.options, schedules: schedules.slice(1) } };
  await startJobs([later]);
  expect(await read()).toEqual(['b 2 2 * * *']);
  await stopJobs();
  await startJobs([], [queue.name]);
  expect(await read()).toEqual([]);
});

/** The queues of the first release, as it made them. */
const EARLIER = [
  { name: 'mail.collect', policy: 'short' },
  { name: 'mail.deliver', policy: 'exclusive' },
  { name: 'mail.sweep', policy: 'short' },
  { name: 'prune', policy: 'exclusive' },
  { name: 'mail.summaries', policy: 'short' },
  { name: 'mail.summary', policy: 'exclusive' },
  { name: 'mail.receive', policy: 'exclusive' },
] as const;

test('what waits in the queues of the first release is taken by this one', async () => {
  const earlier = new PgBoss({ connectionString: url, schema: 'pgboss' });
  await earlier.start();
  for (const queue of EARLIER) await earlier.createQueue(queue.name, { policy: queue.policy, retryLimit: 0 });
  await earlier.schedule('prune', '47 18 * * *', {});
  const [conversationId, recipientId] = [randomUUID(), randomUUID()];
  await earlier.send('mail.collect', { conversationId, recipientId }, { singletonKey: 'one' });
  await earlier.send('mail.deliver', { mailId: randomUUID() }, { singletonKey: 'one' });
  await earlier.send('mail.summary', { userId: randomUUID() }, { singletonKey: 'one' });
  await earlier.send('mail.summary', {
    userId: randomUUID(),
    summary: { textCount: 2, names: ['하나'] },
  });
  // Sent without data by some schedules.
  await earlier.send('mail.sweep');
  await earlier.stop({ graceful: false });

  await startJobs(jobs, retiredJobs);
  await eventually(async () => {
    const { rows: left } = await getPool().query(
      `select name, state, output from pgboss.job where name like 'mail.%' and state <> 'completed'`,
    );
    expect(left).toEqual([]);
  });
  const names = new Set((await bossSingleton.peek()?.getSchedules())?.map(({ name }) => name));
  expect(names.has('prune')).toBe(false);
  expect(names.has('mail.sweep')).toBe(true);
  expect(names.has('housekeeping.sessions')).toBe(true);
});

test('every job has a name of its own', () => {
  const names = jobs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => retiredJobs.includes(name))).toEqual([]);
});
