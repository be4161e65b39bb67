import { and, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { getDb, getPool, type Tx } from '#db/client.ts';
import { sessions, users } from '#db/schema.ts';

/** Not revoked, and used within the idle time. The database's clock decides, so nodes agree. */
function isLive(idleSeconds: number): SQL | undefined {
  return and(
    isNull(sessions.revokedAt),
    sql`${sessions.lastSeenAt} > now() - make_interval(secs => ${idleSeconds})`,
  );
}

type NewSession = { userId: string; userAgent: string | null; ip: string | null; deviceId: string | null };

/** Stores a new login and returns its id. */
export async function insertSession(values: NewSession): Promise<string> {
  const id = v7();
  await getDb()
    .insert(sessions)
    .values({ id, ...values });
  return id;
}

/**
 * Stores a new login for the password that was just checked, and returns its id; undefined when the
 * password has changed since. The share lock makes this wait for a change under way, so a login with
 * the old password never outlives it.
 */
export async function insertSessionForHash(
  { userId, userAgent, ip, deviceId }: NewSession,
  passwordHash: string,
): Promise<string | undefined> {
  const id = v7();
  const result = await getDb().execute(sql`
    with person as (
      select ${users.id} as id from ${users}
      where ${users.id} = ${userId} and ${users.passwordHash} = ${passwordHash}
      for share
    )
    insert into ${sessions} (id, user_id, user_agent, ip, device_id)
    select ${id}::uuid, person.id, ${userAgent}::text, ${ip}::text, ${deviceId}::uuid from person
  `);
  return result.rowCount === 1 ? id : undefined;
}

/**
 * Whether a login comes from where its person has not logged in before, though they have elsewhere.
 * Without a device's name its program and address stand for it.
 */
export async function isNewDevice(sessionId: string): Promise<boolean> {
  const result = await getDb().execute<{ isNew: boolean }>(sql`
    select count(*) > 0 and not bool_or(case when s.device_id is null
        then o.user_agent is not distinct from s.user_agent and o.ip is not distinct from s.ip
        else o.device_id is not distinct from s.device_id end) as "isNew"
    from ${sessions} s join ${sessions} o on o.user_id = s.user_id and o.id <> s.id
    where s.id = ${sessionId}`);
  return result.rows[0]?.isNew === true;
}

/**
 * The live session with this id and its person, or undefined. `isStale` is true when the session was
 * last seen more than `staleSeconds` ago.
 */
export async function selectLiveSession(sessionId: string, idleSeconds: number, staleSeconds = 0) {
  const [row] = await getDb()
    .select({
      sessionId: sessions.id,
      userId: users.id,
      username: users.username,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      locale: users.locale,
      emailPreference: users.emailPreference,
      emailStopReason: users.emailStopReason,
      isStale: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${staleSeconds})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isLive(idleSeconds)));
  return row;
}

/** A person's live sessions, the most recently used first. */
export async function selectSessionsOf(userId: string, idleSeconds: number) {
  return getDb()
    .select({
      sessionId: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      ip: sessions.ip,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(idleSeconds)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(100);
}

/** Notes that a live session is in use, unless that was noted less than `staleSeconds` ago. */
export async function updateSessionSeen(
  sessionId: string,
  idleSeconds: number,
  staleSeconds: number,
): Promise<void> {
  await getDb()
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(
      and(
        eq(sessions.id, sessionId),
        isLive(idleSeconds),
        sql`${sessions.lastSeenAt} < now() - make_interval(secs => ${staleSeconds})`,
      ),
    );
}

/** Revokes one session; with `userId` only when it is that person's. Returns the ids that ended. */
export async function revokeSessionRow(sessionId: string, userId?: string): Promise<string[]> {
  const rows = await getDb()
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        userId === undefined ? undefined : eq(sessions.userId, userId),
      ),
    )
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Revokes a person's sessions, all or all but one. Returns the ids that ended. */
export async function revokeSessionRows(
  userId: string,
  exceptSessionId?: string,
  db: Tx = getDb(),
): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        exceptSessionId === undefined ? undefined : ne(sessions.id, exceptSessionId),
      ),
    )
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Those of these sessions that are live, with their people. */
export async function selectLiveSessions(
  sessionIds: readonly string[],
  idleSeconds: number,
): Promise<{ sessionId: string; userId: string }[]> {
  // Not through the query builder: every socket event asks this, and building costs more than running.
  const { rows } = await getPool().query<{ sessionId: string; userId: string }>({
    name: 'sessions-live',
    text: `select id as "sessionId", user_id as "userId" from sessions
      where id = any($1::uuid[]) and revoked_at is null and last_seen_at > now() - make_interval(secs => $2)`,
    values: [sessionIds, idleSeconds],
  });
  return rows;
}
