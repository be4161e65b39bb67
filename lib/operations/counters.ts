import { memo } from '../memo.ts';

/** What this process has counted since it started; `/api/metrics` reads it. */
export type Counters = { connections: number; messagesSent: number };

/** The process's counters; whoever causes a change adds to them. */
export function getCounters(): Counters {
  return memo('counters', () => ({ connections: 0, messagesSent: 0 }));
}
