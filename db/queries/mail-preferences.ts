import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { users } from '../schema/index.ts';

type Preference = (typeof users.$inferSelect)['emailPreference'];

/** The preference in force, or undefined when nobody has this id. */
export async function findMailPreference(db: Tx, userId: string): Promise<Preference | undefined> {
  const [row] = await db
    .select({ emailPreference: users.emailPreference })
    .from(users)
    .where(eq(users.id, userId))
    // Does not hold up a send, whose foreign key only wants the row to stay.
    .for('no key update');
  return row?.emailPreference;
}

/** Sets a person's preference. The first summary comes on the next morning. */
export async function updateMailPreference(tx: Tx, userId: string, preference: Preference): Promise<void> {
  await tx
    .update(users)
    .set({
      emailPreference: preference,
      ...(preference === 'daily' && { lastSummaryAt: sql`now()` }),
    })
    .where(eq(users.id, userId));
}

/**
 * Notes that a person's address takes no more mail, if it still is theirs: a complaint outweighs
 * nothing, a bounce outweighs a complaint. Returns whether it was noted.
 */
export async function stopAddress(
  db: Db | Tx,
  { userId, address, reason }: { userId: string; address: string; reason: 'bounced' | 'complained' },
): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ emailStoppedAt: sql`now()`, emailStopReason: reason })
    .where(
      and(
        eq(users.id, userId),
        eq(users.email, address),
        sql`coalesce(${users.emailStopReason}, '') <> 'bounced'`,
      ),
    )
    .returning({ id: users.id });
  return rows.length > 0;
}

/** Lets mail go again to an address whose reader had called one spam. */
export async function resumeAddress(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ emailStoppedAt: null, emailStopReason: null })
    .where(and(eq(users.id, userId), eq(users.emailStopReason, 'complained')));
}
