import type { Ack, Failure } from '../chat/types.ts';
import type { ClientEvents, ServerEvents } from '../realtime/events.ts';

type Input<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];
/** What the server acknowledges an event with, in full. */
type Answer<E extends keyof ClientEvents> =
  Parameters<ClientEvents[E]> extends [unknown, (ack: infer A) => void] ? A : never;

export type Acknowledged = Exclude<keyof ClientEvents, 'conversation:typing'>;

export type TransportHandlers = {
  connected(): void;
  disconnected(): void;
  /** The session is over for good; nothing more comes. */
  ended(): void;
  event<E extends keyof ServerEvents>(name: E, payload: Parameters<ServerEvents[E]>[0]): void;
};

/** The one way to the server, as the effects see it. Tests put a model server behind it. */
export type Transport = {
  start(handlers: TransportHandlers): void;
  stop(): void;
  isConnected(): boolean;
  /** Asks and waits; null when there is no connection or no answer in time (ten seconds). */
  request<E extends Acknowledged>(event: E, input: Input<E>): Promise<Answer<E> | null>;
  /** Tells without waiting; lost when there is no connection. */
  tell(event: 'conversation:typing', input: Input<'conversation:typing'>): void;
  /** After sleep or a network change: makes sure that the connection is a living one. */
  wake(): void;
};

/** True when a refusal will not go away by asking again. */
export function isFinal(failure: Failure): boolean {
  return failure.error.code !== 'unavailable' && failure.error.code !== 'rate_limited';
}

/** Milliseconds before asking again: what the server says, else growing with jitter up to 20 s. */
export function getRetryDelay(attempt: number, ack: Ack | null): number {
  if (ack && !ack.ok && ack.error.retryAfterMs) return ack.error.retryAfterMs + Math.random() * 250;
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + Math.random() * (ceiling / 2);
}
