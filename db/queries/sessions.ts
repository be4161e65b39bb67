import { and, desc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { type Db, getDb, getPool, type Tx } from '#db/client.ts';
import { longAgo } from '#db/long-ago.ts';
import { sessions, users } from '#db/schema/index.ts';
import { takesPart } from './person-state.ts';

/** Not revoked, and used within the idle time. The database's clock decides, so nodes agree. */
function isLive(idleSeconds: number): SQL | undefined {
  return and(
    isNull(sessions.revokedAt),
    sql`${sessions.lastSeenAt} > now() - make_interval(secs => ${idleSeconds})`,
  );
}

/** Why a session was revoked: by its own log-out, from another device, or by a new password. */
export type EndReason = NonNullable<(typeof sessions.$inferSelect)['endReason']>;

type NewSession = { userId: string; userAgent: string | null; ip: string | null; deviceId: string | null };

/**
 * Stores a new login of a person who may come in, and returns its id; undefined when they may not, or when
 * `passwordHash`, against which their password was just checked, is theirs no more or they are a guest, who has none. The share lock makes this wait for
 * a change under way, so that no login outlives a password, or the moment in which its person was shut out.
 */
export async function insertSession(
  { userId, userAgent, ip, deviceId }: NewSession,
  passwordHash?: string,
): Promise<string | undefined> {
  const id = v7();
  const result = await getDb().execute(sql`
    with person as (
      select ${users.id} as id from ${users}
      where ${users.id} = ${userId} and ${
        passwordHash === undefined
          ? sql.raw(takesPart('users'))
          : sql`${users.state} = 'active' and ${users.passwordHash} = ${passwordHash}`
      }
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
 * Whether a person logged in with this browser before and nobody threw it out since: none of its later
 * sessions was ended from elsewhere, and no new password was set since its own.
 */
export async function isKnownDevice(userId: string, deviceId: string): Promise<boolean> {
  const [row] = await getDb()
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        eq(sessions.deviceId, deviceId),
        or(isNull(sessions.revokedAt), eq(sessions.endReason, 'logout')),
        sql`not exists (select 1 from sessions thrown where thrown.user_id = ${userId}
          and thrown.device_id = ${deviceId} and thrown.end_reason = 'elsewhere'
          and thrown.revoked_at > ${sessions.createdAt})`,
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Whether a session was revoked and why; undefined when there is none with this id. */
export async function selectSessionEnd(sessionId: string) {
  const [row] = await getDb()
    .select({ revokedAt: sessions.revokedAt, endReason: sessions.endReason })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  return row;
}

/**
 * The live session with this id and its person, or undefined, also for who is shut out. `isStale` is true when the session was
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
      timeZone: users.timeZone,
      emailStopReason: users.emailStopReason,
      isStale: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${staleSeconds})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isLive(idleSeconds), sql.raw(takesPart('users'))));
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
export async function revokeSessionRow(
  sessionId: string,
  reason: EndReason,
  userId?: string,
): Promise<string[]> {
  const rows = await getDb()
    .update(sessions)
    .set({ revokedAt: sql`now()`, endReason: reason })
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

/** Revokes a person's sessions, all or all but one; no reason is noted of who is shut out. Returns the ids that ended. */
export async function revokeSessionRows(
  userId: string,
  reason: EndReason | null,
  exceptSessionId?: string,
  db: Tx = getDb(),
): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()`, endReason: reason })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        exceptSessionId === undefined ? undefined : ne(sessions.id, exceptSessionId),
      ),
    )
    .returning({ id: sessions.id });
  // Who knew the old password may have logged out by themselves; that browser is known no more.
  if (reason === 'password') {
    await db
      .update(sessions)
      .set({ endReason: reason })
      .where(and(eq(sessions.userId, userId), eq(sessions.endReason, 'logout')));
  }
  return rows.map((row) => row.id);
}

/** Those of these sessions that are live and whose people may come in, with these. */
export async function selectLiveSessions(
  sessionIds: readonly string[],
  idleSeconds: number,
): Promise<{ sessionId: string; userId: string }[]> {
  // Not through the query builder: every socket event asks this, and building costs more than running.
  const { rows } = await getPool().query<{ sessionId: string; userId: string }>({
    name: 'sessions-live',
    text: `select s.id as "sessionId", s.user_id as "userId" from sessions s join users u on u.id = s.user_id
      where s.id = any($1::uuid[]) and s.revoked_at is null and ${takesPart('u')}
        and s.last_seen_at > now() - make_interval(secs => $2)`,
    values: [sessionIds, idleSeconds],
  });
  return rows;
}

/**
 * Forgets logins that ended more than `KEPT_DAYS` ago. The last one from each browser is remembered for as long as the
 * browser keeps its name, so that a return is not told as a new device.
 *
 * @returns how many were forgotten, at most `limit`.
 */
export async function pruneSessions(
  db: Db,
  { idleSeconds, deviceSeconds, limit }: { idleSeconds: number; deviceSeconds: number; limit: number },
): Promise<number> {
  const result = await db.execute(sql`
    delete from ${sessions} where id in (
      select s.id from ${sessions} s
      where least(s.revoked_at, s.last_seen_at + make_interval(secs => ${idleSeconds})) < ${longAgo}
        and (s.last_seen_at < now() - make_interval(secs => ${deviceSeconds}) or exists (
          select 1 from ${sessions} n
          where n.user_id = s.user_id and n.id > s.id and n.device_id is not distinct from s.device_id
            and (s.device_id is not null
              or (n.user_agent is not distinct from s.user_agent and n.ip is not distinct from s.ip))))
      limit ${limit})`);
  return result.rowCount ?? 0;
}
