import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { longAgo } from '../long-ago.ts';
import { webhookCalls } from '../schema/index.ts';

/** Notes a webhook call in the caller's transaction; false when it was acted on before. */
export async function insertWebhookCall(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.insert(webhookCalls).values({ id }).onConflictDoNothing().returning();
  return rows.length > 0;
}

/** Forgets calls older than `KEPT_DAYS`, whose signatures expired within minutes: how many, at most `limit`. */
export async function pruneWebhookCalls(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${webhookCalls} where id in (
      select id from ${webhookCalls} where received_at < ${longAgo} limit ${limit})`);
  return result.rowCount ?? 0;
}
