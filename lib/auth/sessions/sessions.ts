import { validate as isUuid } from 'uuid';
import {
  type EndReason,
  insertSession,
  revokeSessionRow,
  revokeSessionRows,
  selectLiveSessions,
  updateSessionSeen,
} from '#db/queries/sessions.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { createLookup } from '#lib/runtime/lookup.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { tellSessionsEnded } from '../events.ts';

/** Where a person signed in from, as shown in their list of sessions. */
export type SessionOrigin = { userAgent: string | null; ip: string | null; deviceId?: string | null };
export type LiveSession = { userId: string; sessionId: string };

/** A user agent header is cut to this many characters; real ones are under 300. */
const USER_AGENT_LENGTH = 400;

/** Seconds without use after which a session ends. */
export function getIdleSeconds(): number {
  return getEnv().SESSION_IDLE_SECONDS;
}

/** `lastSeenAt` is written at most once in this many seconds: a minute, or a tenth of a short idle time. */
export function getStaleSeconds(idleSeconds: number = getIdleSeconds()): number {
  return Math.min(60, idleSeconds / 10);
}

const toRow = (userId: string, origin: SessionOrigin) => ({
  userId,
  userAgent: origin.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
  ip: origin.ip,
  deviceId: origin.deviceId ?? null,
});

/**
 * Starts a session for a person who has just proved who they are, with a password that was checked against
 * `passwordHash` or otherwise. Returns its id; null when that is their password no more, or when they are shut out.
 */
export async function createSession(
  userId: string,
  origin: SessionOrigin,
  passwordHash?: string,
): Promise<string | null> {
  return (await insertSession(toRow(userId, origin), passwordHash)) ?? null;
}

/** Sessions in one look. */
const SESSIONS_AT_ONCE = 500;

const findLiveSingleton = defineSingleton('findLiveSession', () =>
  createLookup(async (sessionIds) => {
    const rows = await selectLiveSessions(sessionIds, getIdleSeconds());
    return new Map(rows.map((row) => [row.sessionId, row]));
  }, SESSIONS_AT_ONCE),
);

/** The session, when it is neither revoked nor idle for too long, nor its person shut out; else null. Does not count as use. */
export async function findLiveSession(sessionId: string): Promise<LiveSession | null> {
  if (!isUuid(sessionId)) return null;
  return (await findLiveSingleton.get()(sessionId.toLowerCase())) ?? null;
}

/** Those of the given sessions that are live. */
export async function findLiveSessionIds(sessionIds: readonly string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await selectLiveSessions(sessionIds, getIdleSeconds());
  return new Set(rows.map((row) => row.sessionId));
}

/** Counts as use: moves the idle deadline. Cheap to call often, and does nothing to a dead session. */
export async function touchSession(sessionId: string): Promise<void> {
  const idleSeconds = getIdleSeconds();
  await updateSessionSeen(sessionId, idleSeconds, getStaleSeconds(idleSeconds));
}

/** Ends a session and closes its sockets. With `userId`, only that person's; returns whether one ended. */
export async function revokeSession(
  sessionId: string,
  userId?: string,
  reason: EndReason = 'elsewhere',
): Promise<boolean> {
  if (!isUuid(sessionId)) return false;
  const ended = await revokeSessionRow(sessionId, reason, userId);
  tellSessionsEnded(ended);
  return ended.length > 0;
}

/** Ends a person's sessions, all or all but one, and closes their sockets. Returns how many ended. */
export async function revokeUserSessions(userId: string, exceptSessionId?: string): Promise<number> {
  const ended = await revokeSessionRows(userId, 'elsewhere', exceptSessionId);
  tellSessionsEnded(ended);
  return ended.length;
}
