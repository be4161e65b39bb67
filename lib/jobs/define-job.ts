import type { Queue } from 'pg-boss';
import { type GenericSchema, getDotPath, safeParse } from 'valibot';

/** When a job comes by itself; `key` tells several schedules of one job apart. */
export type JobSchedule<Data> = { cron: string; data: Data; key?: string };

/** How a job is kept, tried and worked on. The first half is pg-boss's own and stored with the queue. */
export type JobOptions<Data> = Omit<Queue, 'name' | 'policy' | 'deadLetter' | 'partition'> & {
  /** `short` keeps one waiting job per key, `exclusive` one waiting or running. It never changes once a queue exists. */
  policy: 'short' | 'exclusive';
  /** Workers of each process, and jobs that one takes at a time; one each unless given. */
  workers?: number;
  batchSize?: number;
  /** Seconds between looks for work that no notice told of, such as a retry; 1 unless given. */
  pollSeconds?: number;
  schedules?: JobSchedule<Data>[];
  /** Enqueued whenever a process starts. */
  atStart?: { data: Data; key: string };
};

/** Where jobs of one kind wait: what whoever enqueues them needs to know, without the code that does them. */
export type JobQueue<Data extends object> = {
  /** Stands in the databases of those who run this: a renamed queue leaves behind what waits in it. */
  name: string;
  /** Judges a job when it is taken; an older release, or a newer one beside it, may have written it. */
  schema: GenericSchema<unknown, Data>;
  options: JobOptions<Data>;
  /** Jobs of one key are one: see `policy`. Without it each key is given with the job. */
  keyOf?(data: Data): string;
};

/** A job as the registry has it, whatever its data. */
export type Job = {
  name: string;
  options: JobOptions<object>;
  /** Checks the data and does the job. @throws InvalidJobError, and whatever the handler throws. */
  run(data: unknown, jobId: string): Promise<unknown>;
  /** Does several jobs together, all of them or none. @throws as `run` does; then each is to be done by itself. */
  runTogether?(all: unknown[]): Promise<unknown>;
};

/** The outcome of a handler that has put its job off by `postponeJob`. */
export const POSTPONED = 'postponed';

/** A job whose data is not what its schema says. */
export class InvalidJobError extends Error {
  readonly code = 'JOB_INVALID';
}

/** Names a queue apart from its handler, for jobs that other code, or the handler itself, enqueues. */
export function defineQueue<Data extends object>(queue: JobQueue<Data>): JobQueue<Data> {
  return queue;
}

/**
 * Makes a job of a queue and the code that does it. What the handler throws is tried again by the queue's options;
 * an outcome of `POSTPONED` says that the job will come again later.
 *
 * @param definition.together does a batch in one go, all of it or nothing; where it throws, `handler` does each job.
 */
export function defineJob<Data extends object>(
  definition: JobQueue<Data> & {
    handler(data: Data, jobId: string): Promise<unknown>;
    together?(all: Data[]): Promise<unknown>;
  },
): Job {
  const { name, options, handler, together } = definition;
  return {
    name,
    options: options as JobOptions<object>,
    run: async (data, jobId) => handler(parse(definition, data), jobId),
    ...(together && {
      runTogether: async (all: unknown[]) => together(all.map((data) => parse(definition, data))),
    }),
  };
}

/** @throws InvalidJobError */
function parse<Data extends object>({ name, schema }: JobQueue<Data>, data: unknown): Data {
  const parsed = safeParse(schema, data ?? {});
  if (parsed.success) return parsed.output;
  const fields = parsed.issues.map((issue) => getDotPath(issue) ?? 'all of it');
  throw new InvalidJobError(`${name}: cannot be read: ${fields.join(', ')}`);
}
