import { selectSessionsOf } from '#db/queries/sessions.ts';
import { nameDevice } from './device-name.ts';
import { getIdleSeconds } from './sessions.ts';

/** One of a person's logins, as their settings list it. */
export type SessionEntry = {
  sessionId: string;
  device: string | null;
  ip: string | null;
  /** ISO 8601 UTC. */
  lastSeenAt: string;
  isHere: boolean;
};

/** A person's live sessions, the asking one first. */
export async function listSessions(person: { userId: string; sessionId: string }): Promise<SessionEntry[]> {
  const rows = await selectSessionsOf(person.userId, getIdleSeconds());
  return rows
    .map((row) => ({
      sessionId: row.sessionId,
      device: nameDevice(row.userAgent),
      ip: row.ip,
      lastSeenAt: row.lastSeenAt.toISOString(),
      isHere: row.sessionId === person.sessionId,
    }))
    .sort((a, b) => Number(b.isHere) - Number(a.isHere));
}
