import {
  type InsertMessageInput,
  type InsertMessageResult,
  insertMessages,
} from '#db/queries/insert-messages.ts';
import { createBatcher } from '#lib/runtime/batcher.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';

/** Messages in one statement: past some dozens a longer one saves nothing more and holds its locks longer. */
const MAX_ITEMS = 64;
/** Statements at a time: while one commits, the next is on its way. */
const MAX_RUNS = 2;

const insertSingleton = defineSingleton('insertMessage', () =>
  createBatcher<InsertMessageInput, InsertMessageResult>({
    run: (inputs) => insertMessages(inputs, getEnv().SESSION_IDLE_SECONDS),
    keyOf: ({ conversationId }) => conversationId,
    identityOf: ({ conversationId, senderId, clientId }) => `${conversationId} ${senderId} ${clientId}`,
    isItemFault,
    maxItems: MAX_ITEMS,
    maxRuns: MAX_RUNS,
  }),
);

/**
 * Stores one message, together with others that are sent at the same moment. Texts of one conversation
 * are stored and answered in the order in which they came to this process.
 */
export function insertMessage(input: InsertMessageInput): Promise<InsertMessageResult> {
  return insertSingleton.get()(input);
}

/**
 * Faults of data (22), of constraints (23: the same message stored by another node at this moment, which
 * a second look finds), of a transaction's collision (40), and a row that somebody held for too long
 * (55P03), by SQLSTATE (PostgreSQL, Appendix A).
 */
function isItemFault(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22...|23...|40...|55P03)$/.test(code);
}
