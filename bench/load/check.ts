import type pg from 'pg';
import type { TalkResult } from './talk.ts';

/**
 * Compares a talk with what is stored.
 *
 * @throws if anything was refused, lost, doubled or out of order.
 */
export async function checkTalk(pool: pg.Pool, result: TalkResult, storedBefore: number): Promise<void> {
  const { sent, acked, delivered, faults } = result;
  const stored = (await countStored(pool)) - storedBefore;
  if (faults.length > 0 || acked !== sent || delivered !== sent || stored !== sent) {
    throw new Error(
      `of ${sent} sent ${acked} were acknowledged, ${delivered} delivered, ${stored} stored; ${faults.join(', ')}`,
    );
  }
}

export async function countStored(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query('select count(*)::int as count from messages');
  return rows[0].count;
}
