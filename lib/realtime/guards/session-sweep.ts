import { findLiveSessionIds, getIdleSeconds } from '#lib/auth/sessions/sessions.ts';
import { getLog } from '#lib/runtime/log.ts';
import { type ChatServer, sessionRoom } from '../io.ts';

const MAX_INTERVAL_MS = 20_000;

/**
 * Closes this node's connections whose session has ended or gone idle: the way that works also when
 * the message about it was lost between nodes. Returns a stop function.
 */
export function startSessionSweep(io: ChatServer): () => void {
  const interval = Math.max(500, Math.min(MAX_INTERVAL_MS, (getIdleSeconds() * 1000) / 4));
  const timer = setInterval(() => void sweep(io), interval);
  return () => clearInterval(timer);
}

async function sweep(io: ChatServer): Promise<void> {
  try {
    const sessionIds = new Set([...io.sockets.sockets.values()].map((socket) => socket.data.sessionId));
    if (sessionIds.size === 0) return;
    const live = await findLiveSessionIds([...sessionIds]);
    for (const sessionId of sessionIds) {
      if (live.has(sessionId)) continue;
      io.local.to(sessionRoom(sessionId)).emit('session:ended', {});
      io.local.in(sessionRoom(sessionId)).disconnectSockets(true);
    }
  } catch (error) {
    getLog().warn({ err: error }, 'session sweep failed');
  }
}
