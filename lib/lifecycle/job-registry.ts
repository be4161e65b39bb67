import { mailJobs } from '#lib/email/jobs.ts';
import type { Job } from '#lib/jobs/define-job.ts';
import { housekeepingJobs } from '#lib/jobs/housekeeping.ts';

/** Every job of the server: its queues, workers and schedules are all made from this list. */
export const jobs: readonly Job[] = [...mailJobs, ...housekeepingJobs];

/** Jobs that earlier releases had. Their schedules end; what waits of them is done by the jobs that took their place. */
export const retiredJobs: readonly string[] = ['prune'];
