import { defineSingleton } from '#lib/runtime/singleton.ts';
import type { ServerEvents } from './events.ts';

/** What the live side does for the rest: its own handlers ask it here, the domain's events come by publish-events.ts. */
export type RealtimePort = {
  /** Sends an event to every connection of these people, on every node. Best effort. */
  publish<E extends keyof ServerEvents>(
    userIds: readonly string[],
    event: E,
    payload: Parameters<ServerEvents[E]>[0],
  ): void;
  /** Tells two people whether the other is here, by what may be told now; best effort. */
  tellPresence(pair: readonly [string, string]): void;
  /** Tells and closes every connection of these sessions, on every node. */
  endSessions(sessionIds: readonly string[]): void;
};

const silent: RealtimePort = { publish() {}, tellPresence() {}, endSessions() {} };

const realtimeSingleton = defineSingleton<RealtimePort>('realtime');

export function setRealtime(port: RealtimePort): void {
  realtimeSingleton.set(port);
}

/** The live side of this process; one that does nothing when none is attached (scripts, build). */
export function getRealtime(): RealtimePort {
  return realtimeSingleton.peek() ?? silent;
}
