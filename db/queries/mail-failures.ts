import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { mails, users } from '../schema/index.ts';
import { IS_RETRYABLE } from './mail-content.ts';

/** Mails that were given up and are still remembered, oldest first, with the recipient's name. */
export function listFailed(db: Db) {
  return db
    .select({
      id: mails.id,
      kind: mails.kind,
      username: users.username,
      address: mails.address,
      attempts: mails.attempts,
      lastError: mails.lastError,
      createdAt: mails.createdAt,
      isRetryable: IS_RETRYABLE,
    })
    .from(mails)
    .innerJoin(users, eq(users.id, mails.recipientId))
    .where(eq(mails.state, 'failed'))
    .orderBy(asc(mails.id));
}

/**
 * Makes a failed mail pending again, under a new key: the old one may name a refusal that the provider
 * remembers. False when it is not failed or its content is gone.
 */
export async function reviveMail(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .update(mails)
    .set({
      state: 'pending',
      retriedAt: sql`now()`,
      idempotencyKey: sql`'mail-' || ${mails.id} || '-' || (${mails.attempts} + 1)`,
    })
    .where(and(eq(mails.id, id), eq(mails.state, 'failed'), IS_RETRYABLE))
    .returning({ id: mails.id });
  return rows.length > 0;
}
