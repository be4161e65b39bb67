import { peekMemo, setMemo } from '../memo.ts';
import type { ServerEvents } from './events.ts';

/** What server actions and domain code may ask of the live side, without importing it. */
export type RealtimePort = {
  /** Sends an event to every connection of these people, on every node. Best effort. */
  publish<E extends keyof ServerEvents>(
    userIds: readonly string[],
    event: E,
    payload: Parameters<ServerEvents[E]>[0],
  ): void;
  /** Tells and closes every connection of these sessions, on every node. */
  endSessions(sessionIds: readonly string[]): void;
};

const silent: RealtimePort = { publish() {}, endSessions() {} };

export function setRealtime(port: RealtimePort): void {
  setMemo('realtime', port);
}

/** The live side of this process; one that does nothing when none is attached (scripts, build). */
export function getRealtime(): RealtimePort {
  return peekMemo<RealtimePort>('realtime') ?? silent;
}
