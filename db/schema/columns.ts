import { timestamp } from 'drizzle-orm/pg-core';

/**
 * What was written in the last minute lies at the end of a table that only grows, so a summary of each
 * half megabyte (64 pages) finds it and costs a write nothing.
 */
export const LATELY = { autosummarize: true, pages_per_range: 64 };

/** A moment, to the millisecond, as a `Date`. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
