import { count } from 'drizzle-orm';
import { getDb } from '../client.ts';
import { mails } from '../schema.ts';

type State = typeof mails.$inferSelect.state;

/** How many mails are in each state, every state named. */
export async function countMailsByState(): Promise<Record<State, number>> {
  const rows = await getDb().select({ state: mails.state, total: count() }).from(mails).groupBy(mails.state);
  const states: Record<State, number> = { pending: 0, sent: 0, cancelled: 0, failed: 0 };
  for (const { state, total } of rows) states[state] = total;
  return states;
}
