import { cleanLine } from './clean-line.ts';

/** Characters of a text that a mail shows above what answers it. */
const QUOTE_LIMIT = 160;

/** A text as a mail quotes it above its answer: one line of it. */
export function quoteLine(body: string): string {
  return cleanLine(body, QUOTE_LIMIT);
}
