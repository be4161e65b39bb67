import { lte, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { webhookCalls } from '../schema.ts';

/** Notes a webhook call in the caller's transaction; false when it was acted on before. */
export async function insertWebhookCall(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.insert(webhookCalls).values({ id }).onConflictDoNothing().returning();
  return rows.length > 0;
}

/** Forgets calls older than a month; their signatures expired within minutes. */
export async function pruneWebhookCalls(db: Db): Promise<void> {
  await db.delete(webhookCalls).where(lte(webhookCalls.receivedAt, sql`now() - interval '30 days'`));
}
