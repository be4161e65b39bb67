import type { ErrorCode, Fault } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { ClientEvents, ServerEvents } from '#lib/realtime/events.ts';
import type { Err } from '#lib/runtime/result.ts';

type Input<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];
/** What the server acknowledges an event with, in full. */
type Answer<E extends keyof ClientEvents> =
  Parameters<ClientEvents[E]> extends [unknown, (ack: infer A) => void] ? A : never;

/** Events that nobody waits for. */
export type Told = 'conversation:typing' | 'conversation:typing-stopped';
export type Acknowledged = Exclude<keyof ClientEvents, Told>;

/** What is done about each event of the server; the end of the session is told by `ended`. */
export type EventHandlers = Omit<ServerEvents, 'session:ended'>;

export type TransportHandlers = {
  connected(): void;
  disconnected(): void;
  /** The session is over for good; nothing more comes. */
  ended(): void;
  /** The server speaks another protocol; the transport goes on trying, as another node may speak this one. */
  outdated(): void;
  /** Names each event there is: one that has no handler does not compile. */
  on: EventHandlers;
};

/** The one way to the server, as the effects see it. Tests put a model server behind it. */
export type Transport = {
  start(handlers: TransportHandlers): void;
  stop(): void;
  isConnected(): boolean;
  /** Asks and waits; null when there is no connection or no answer in time. */
  request<E extends Acknowledged>(event: E, input: Input<E>): Promise<Answer<E> | null>;
  /** Tells without waiting; lost when there is no connection. */
  tell(event: Told, input: Input<Told>): void;
  /** After sleep or a network change: makes sure that the connection is a living one. */
  wake(): void;
};

const IS_FINAL: Record<ErrorCode, boolean> = {
  unauthorized: true,
  not_found: true,
  invalid: true,
  too_long: true,
  blocked: true,
  conflict: true,
  too_late: true,
  rate_limited: false,
  unavailable: false,
};

/** True when a refusal will not go away by asking again. What a newer server means by a code of its own, nobody knows. */
export function isFinal({ error }: Err<Fault>): boolean {
  return IS_FINAL[error.code] === true;
}

/** Milliseconds before asking again: what the server says, else growing with jitter up to 20 s. */
export function getRetryDelay(attempt: number, ack: Ack | null): number {
  if (ack && !ack.ok && ack.error.retryAfterMs) return ack.error.retryAfterMs + Math.random() * 250;
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + Math.random() * (ceiling / 2);
}
