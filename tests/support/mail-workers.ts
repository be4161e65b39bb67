import { afterAll, beforeAll } from 'vitest';
import { warmTemplates } from '#lib/email/render.ts';
import { startMailWorkers, stopMailWorkers } from '#lib/email/workers.ts';

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
