import { defineSingleton } from '#lib/runtime/singleton.ts';

/** What this process has counted since it started; `/api/metrics` reads it. */
export type Counters = { connections: number; messagesSent: number };

const countersSingleton = defineSingleton<Counters>('counters', () => ({ connections: 0, messagesSent: 0 }));

/** The process's counters; whoever causes a change adds to them. */
export function getCounters(): Counters {
  return countersSingleton.get();
}
