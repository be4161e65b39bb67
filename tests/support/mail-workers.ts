import { afterAll, beforeAll } from 'vitest';
import { warmTemplates } from '#lib/email/content/render.ts';
import { closeTransport } from '#lib/email/transports/index.ts';
import { startJobs, stopJobs } from '#lib/jobs/start-jobs.ts';
import { jobs, retiredJobs } from '#lib/lifecycle/job-registry.ts';

/** Starts the jobs of the server in this process, as it does itself. */
export const startMailWorkers = () => startJobs(jobs, retiredJobs);

/** Stops them; the next start takes the transport that the settings then say. */
export async function stopMailWorkers(): Promise<void> {
  await stopJobs();
  closeTransport();
}

/** Lets the mail workers run for the calling test file; `end` follows when they have stopped. Call once at its top. */
export function runMailWorkers(end: () => void = () => {}): void {
  beforeAll(async () => {
    await warmTemplates();
    await startMailWorkers();
  });
  afterAll(async () => {
    await stopMailWorkers();
    end();
  });
}
