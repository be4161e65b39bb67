import { and, eq, isNotNull, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import { type PersonState, users } from '#db/schema/index.ts';
import type { Locale } from '#lib/i18n/config.ts';

type NewUser = Pick<
  typeof users.$inferInsert,
  | 'username'
  | 'usernameKey'
  | 'usernameSkeleton'
  | 'searchKeys'
  | 'email'
  | 'emailKey'
  | 'passwordHash'
  | 'locale'
>;

/** What of a new person belongs to somebody already; `alike` is a name that looks like it. */
export type Taken = { isUsernameTaken: boolean; isUsernameAlike: boolean; isEmailTaken: boolean };

/**
 * Stores a person and returns their id, or which of their unique keys is taken. Also right when
 * two people ask for one name at once.
 */
export async function insertUser(values: NewUser): Promise<{ id: string } | Taken> {
  const [row] = await getDb()
    .insert(users)
    .values({ id: v7(), ...values })
    .onConflictDoNothing()
    .returning({ id: users.id });
  return row ?? selectTakenKeys(values);
}

/** Which of these keys belong to someone; those left out do not. */
export async function selectTakenKeys(
  keys: Partial<Pick<NewUser, 'usernameKey' | 'usernameSkeleton' | 'emailKey'>>,
): Promise<Taken> {
  const isTaken = async (column: 'usernameKey' | 'usernameSkeleton' | 'emailKey') => {
    const key = keys[column];
    if (!key) return false;
    return (await getDb().select({ id: users.id }).from(users).where(eq(users[column], key))).length > 0;
  };
  return {
    isUsernameTaken: await isTaken('usernameKey'),
    isUsernameAlike: await isTaken('usernameSkeleton'),
    isEmailTaken: await isTaken('emailKey'),
  };
}

const account = {
  id: users.id,
  state: users.state,
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

/** True when the person stood otherwise before. Waits for the logins under way, which hold the row. */
export async function updatePersonState(userId: string, state: PersonState, db: Tx): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ state })
    .where(and(eq(users.id, userId), ne(users.state, state)))
    .returning({ id: users.id });
  return rows.length > 0;
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

export async function updateLocale(userId: string, locale: Locale): Promise<void> {
  await getDb().update(users).set({ locale }).where(eq(users.id, userId));
}

/** Keeps the zone that a person lives in; one that this database does not know changes nothing. */
export async function updateTimeZone(userId: string, timeZone: string): Promise<void> {
  await getDb().execute(sql`
    update users set time_zone = z.name from pg_timezone_names z
    where users.id = ${userId} and lower(z.name) = lower(${timeZone})`);
}
