import * as v from 'valibot';
import { defineJob, type Job } from '#lib/jobs/define-job.ts';
import { deliverMail } from './delivery/deliver.ts';
import { sweepMail } from './delivery/sweep.ts';
import { collectMail, collectMails } from './messages/collect.ts';
import { collectSummary, sweepSummaries } from './messages/summary.ts';
import { collectQueue, deliverQueue, receiveQueue, summaryQueue } from './queues.ts';
import { receiveFromResend } from './reply/from-resend.ts';

/** What mail does in the background, whichever node has the time for it. */
export const mailJobs: Job[] = [
  defineJob({ ...collectQueue, handler: (data) => collectMail(data), together: (all) => collectMails(all) }),
  defineJob({ ...deliverQueue, handler: ({ mailId }, jobId) => deliverMail(mailId, jobId) }),
  defineJob({ ...summaryQueue, handler: ({ userId, summary }) => collectSummary(userId, summary) }),
  defineJob({ ...receiveQueue, handler: ({ emailId }) => receiveFromResend(emailId) }),
  // Finds what a crash left without a job.
  defineJob({
    name: 'mail.sweep',
    schema: v.object({ all: v.optional(v.boolean(), false) }),
    options: {
      policy: 'short',
      notify: true,
      expireInSeconds: 300,
      deleteAfterSeconds: 3600,
      schedules: [
        { cron: '* * * * *', data: { all: false } },
        // What has been owed for longer than the round of every minute looks back, as behind a receiver that was down.
        { cron: '23 * * * *', data: { all: true }, key: 'all' },
      ],
      atStart: { data: { all: true }, key: 'all' },
    },
    handler: (data) => sweepMail(data),
  }),
  // Finds the people for whom it is time for their daily summary.
  defineJob({
    name: 'mail.summaries',
    schema: v.object({}),
    options: {
      policy: 'short',
      expireInSeconds: 300,
      deleteAfterSeconds: 3600,
      schedules: [{ cron: '*/5 * * * *', data: {} }],
    },
    handler: () => sweepSummaries(),
  }),
];
