import * as v from 'valibot';
import { type Db, getDb } from '#db/client.ts';
import { pruneChanges } from '#db/queries/changes.ts';
import { pruneMails } from '#db/queries/mails.ts';
import { pruneMarks } from '#db/queries/marks.ts';
import { pruneReceipts } from '#db/queries/receipts.ts';
import { pruneSessions } from '#db/queries/sessions.ts';
import { pruneTokens } from '#db/queries/tokens.ts';
import { forgetUndos } from '#db/queries/undos.ts';
import { pruneWebhookCalls } from '#db/queries/webhook-calls.ts';
import { LONGEST_COOKIE_SECONDS } from '#lib/auth/sessions/device-cookie.ts';
import { getIdleSeconds } from '#lib/auth/sessions/sessions.ts';
import { defineJob, type Job } from './define-job.ts';

/** Rows forgotten by one statement, which then holds its locks for some milliseconds. */
const PAGE = 2_000;

/** Forgets one page of rows that have served their time: how many, at most `limit`. The rule stands with its query. */
type Prune = (db: Db, limit: number) => Promise<number>;

/** Forgets page by page until one is not full. */
export async function pruneAll(prune: Prune, page: number = PAGE): Promise<void> {
  while ((await prune(getDb(), page)) === page);
}

/**
 * A job that forgets one kind of row, once a day whatever the number of nodes, in the night of Korea; also at a start,
 * for those who run their server by day only.
 *
 * @param minute of the hour from 18:00 UTC, a different one for each job, so that they do not meet.
 */
function defineHousekeeping(kind: string, minute: number, prune: Prune): Job {
  return defineJob({
    name: `housekeeping.${kind}`,
    schema: v.object({}),
    options: {
      policy: 'exclusive',
      notify: true,
      expireInSeconds: 3600,
      deleteAfterSeconds: 3600,
      pollSeconds: 30,
      schedules: [{ cron: `${minute} 18 * * *`, data: {} }],
      atStart: { data: {}, key: 'start' },
    },
    handler: () => pruneAll(prune),
  });
}

/** Forgets deleted texts that a process which ended before their undo was over did not. */
const undosJob = defineJob({
  name: 'housekeeping.undos',
  schema: v.object({}),
  options: {
    policy: 'exclusive',
    notify: true,
    expireInSeconds: 60,
    deleteAfterSeconds: 600,
    pollSeconds: 30,
    schedules: [{ cron: '* * * * *', data: {} }],
    atStart: { data: {}, key: 'start' },
  },
  handler: () => pruneAll(forgetUndos),
});

/** Nothing that waits, and nothing that people wrote, is among what these forget. */
export const housekeepingJobs: Job[] = [
  defineHousekeeping('sessions', 41, (db, limit) =>
    pruneSessions(db, { idleSeconds: getIdleSeconds(), deviceSeconds: LONGEST_COOKIE_SECONDS, limit }),
  ),
  defineHousekeeping('tokens', 43, pruneTokens),
  defineHousekeeping('mails', 45, pruneMails),
  defineHousekeeping('receipts', 47, pruneReceipts),
  defineHousekeeping('changes', 49, pruneChanges),
  defineHousekeeping('webhook-calls', 51, pruneWebhookCalls),
  defineHousekeeping('marks', 53, pruneMarks),
  undosJob,
];
