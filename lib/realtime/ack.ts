import type { Err } from '#lib/runtime/result.ts';
import type { ChatResult, Fault } from '../chat/types.ts';

/** The answer to an event: the fields that it is answered with, or an error with a code (docs/protocol.md). */
export type Ack<T extends object = object> = ({ ok: true } & T) | Err<Fault>;

/** What the domain came to, as the wire tells it. */
export function toAck<T extends object>(result: ChatResult<T>): Ack<T> {
  return result.ok ? { ok: true, ...result.value } : result;
}
