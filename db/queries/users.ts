import { and, eq, isNull, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import { users } from '#db/schema.ts';

type NewUser = Omit<
  typeof users.$inferInsert,
  'id' | 'emailVerifiedAt' | 'emailPreference' | 'createdAt' | 'lastSeenAt'
>;

/**
 * Stores a person and returns their id, or which of their two unique keys is taken. Also right when
 * two people ask for one name at once.
 */
export async function insertUser(
  values: NewUser,
): Promise<{ id: string } | { isUsernameTaken: boolean; isEmailTaken: boolean }> {
  const [row] = await getDb()
    .insert(users)
    .values({ id: v7(), ...values })
    .onConflictDoNothing()
    .returning({ id: users.id });
  return row ?? selectTakenKeys(values.usernameKey, values.emailKey);
}

/** Which of these folded keys belong to someone. */
export async function selectTakenKeys(usernameKey: string, emailKey: string) {
  const [byName] = await getDb()
    .select({ id: users.id })
    .from(users)
    .where(eq(users.usernameKey, usernameKey));
  const [byEmail] = await getDb().select({ id: users.id }).from(users).where(eq(users.emailKey, emailKey));
  return { isUsernameTaken: byName !== undefined, isEmailTaken: byEmail !== undefined };
}

const account = {
  id: users.id,
  username: users.username,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  passwordHash: users.passwordHash,
  locale: users.locale,
};

/** A person by folded username or by folded e-mail address. */
export async function selectAccountByKey(key: { usernameKey: string } | { emailKey: string }) {
  const [row] = await getDb()
    .select(account)
    .from(users)
    .where('emailKey' in key ? eq(users.emailKey, key.emailKey) : eq(users.usernameKey, key.usernameKey));
  return row;
}

export async function selectAccount(userId: string, db: Tx = getDb()) {
  const [row] = await db.select(account).from(users).where(eq(users.id, userId));
  return row;
}

export async function updatePasswordHash(
  userId: string,
  passwordHash: string,
  db: Tx = getDb(),
): Promise<void> {
  await db.update(users).set({ passwordHash }).where(eq(users.id, userId));
}

/** Notes that this address is the person's; does nothing when they have another one by now. */
export async function updateEmailVerified(userId: string, email: string, db: Tx = getDb()): Promise<void> {
  await db
    .update(users)
    .set({ emailVerifiedAt: sql`now()` })
    .where(and(eq(users.id, userId), eq(users.email, email), isNull(users.emailVerifiedAt)));
}

export async function updatePreferences(
  userId: string,
  values: { locale?: 'ko' | 'en'; emailPreference?: 'every' | 'never' },
): Promise<void> {
  await getDb().update(users).set(values).where(eq(users.id, userId));
}
