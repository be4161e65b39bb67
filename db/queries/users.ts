import { and, eq, isNotNull, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import { users } from '#db/schema.ts';

type NewUser = Pick<
  typeof users.$inferInsert,
  'username' | 'usernameKey' | 'searchKeys' | 'email' | 'emailKey' | 'passwordHash' | 'locale'
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
  timeZone: users.timeZone,
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

/**
 * Notes that this address is the person's and reaches them; does nothing when they have another one by
 * now. Returns whether it was not known before.
 */
export async function updateEmailVerified(userId: string, email: string, db: Tx = getDb()): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ emailVerifiedAt: sql`now()`, emailStoppedAt: null, emailStopReason: null })
    .where(
      and(
        eq(users.id, userId),
        eq(users.email, email),
        or(isNull(users.emailVerifiedAt), isNotNull(users.emailStoppedAt)),
      ),
    )
    .returning({ id: users.id });
  return rows.length > 0;
}

/**
 * Gives a person another address, which they have just confirmed; mail goes there again whatever
 * stopped it before. False when it belongs to somebody else by now.
 */
export async function updateEmail(
  userId: string,
  { email, emailKey }: { email: string; emailKey: string },
  db: Tx,
): Promise<boolean> {
  const other = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.emailKey, emailKey), ne(users.id, userId)));
  const rows = await db
    .update(users)
    .set({
      email,
      emailKey,
      emailVerifiedAt: sql`now()`,
      emailStoppedAt: null,
      emailStopReason: null,
    })
    .where(and(eq(users.id, userId), notExists(other)))
    .returning({ id: users.id });
  return rows.length > 0;
}

export async function updateLocale(userId: string, locale: 'ko' | 'en'): Promise<void> {
  await getDb().update(users).set({ locale }).where(eq(users.id, userId));
}
