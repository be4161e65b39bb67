import { inspect } from 'node:util';
import { DrizzleQueryError } from 'drizzle-orm';

/**
 * The text of a failed query without its values, which are addresses, hashes and messages: drizzle
 * writes them into message and stack as a line "params: …".
 */
export function hideParams(text: string): string {
  return text.replace(/\nparams:[\s\S]*?(?=\n\s+at |\ncaused by: |$)/g, '');
}

/** SQLSTATE of a row whose like may be there only once. */
export const UNIQUE_VIOLATION = '23505';

/** However such an error is printed, also by Next's own `console.error`, its values stay out. */
Object.defineProperty(DrizzleQueryError.prototype, inspect.custom, {
  value(this: DrizzleQueryError) {
    const cause = this.cause ? `\ncaused by: ${this.cause.name}: ${this.cause.message}` : '';
    return hideParams(this.stack ?? this.message) + cause;
  },
});
