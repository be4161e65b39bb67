import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { type Db, getDb, type Tx } from '#db/client.ts';
import { longAgo } from '#db/long-ago.ts';
import { tokens, users } from '#db/schema/index.ts';
import { takesPart } from './person-state.ts';

type Purpose = (typeof tokens.$inferSelect)['purpose'];

export async function insertToken(
  values: { hash: string; purpose: Purpose; userId: string; email: string; lifeSeconds: number },
  db: Tx = getDb(),
): Promise<void> {
  const { lifeSeconds, ...token } = values;
  await db.insert(tokens).values({ ...token, expiresAt: sql`now() + make_interval(secs => ${lifeSeconds})` });
}

/**
 * A token proves the address that it was sent to: the person's own, or for `change` the one they want. To who is
 * shut out it is worth nothing.
 */
const fitsPerson = and(
  or(eq(tokens.email, users.email), eq(tokens.purpose, 'change')),
  sql.raw(takesPart('users')),
);

/** A token and how it stands, without using it. */
export async function selectToken(hash: string, purpose: Purpose) {
  const [row] = await getDb()
    .select({
      userId: tokens.userId,
      username: users.username,
      email: tokens.email,
      isCurrentAddress: sql<boolean>`${tokens.email} = ${users.email}`,
      emailVerifiedAt: users.emailVerifiedAt,
      isUsable: sql<boolean>`${tokens.usedAt} is null and ${tokens.expiresAt} > now() and ${fitsPerson}`,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(and(eq(tokens.hash, hash), eq(tokens.purpose, purpose)));
  return row;
}

/**
 * Uses a token up: of two at once only one succeeds. Undefined when it is unknown, used, expired, or
 * was sent to an address that is no longer the person's.
 */
export async function consumeToken(hash: string, purpose: Purpose, db: Tx) {
  const [row] = await db
    .update(tokens)
    .set({ usedAt: sql`now()` })
    .from(users)
    .where(
      and(
        eq(tokens.hash, hash),
        eq(tokens.purpose, purpose),
        isNull(tokens.usedAt),
        sql`${tokens.expiresAt} > now()`,
        eq(users.id, tokens.userId),
        fitsPerson,
      ),
    )
    .returning({ userId: tokens.userId, email: tokens.email });
  return row;
}

/** Makes a person's other tokens of this purpose useless. */
export async function voidTokens(userId: string, purpose: Purpose, db: Tx = getDb()): Promise<void> {
  await db
    .update(tokens)
    .set({ usedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), eq(tokens.purpose, purpose), isNull(tokens.usedAt)));
}

/** Makes all of a person's links useless. */
export async function voidAllTokens(userId: string, db: Tx): Promise<void> {
  await db
    .update(tokens)
    .set({ usedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), isNull(tokens.usedAt)));
}

/** Forgets tokens that expired more than `KEPT_DAYS` ago: how many, at most `limit`. */
export async function pruneTokens(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${tokens} where hash in (
      select hash from ${tokens} where expires_at < ${longAgo} limit ${limit})`);
  return result.rowCount ?? 0;
}
