import { getLog } from '#lib/runtime/log.ts';
import { nameDevice } from './sessions/device-name.ts';
import type { RequestOrigin } from './sessions/request-origin.ts';

/** What an operator can look for in the log (docs/security-events.md). */
export type SecurityEvent =
  | 'signup'
  | 'login'
  | 'login:link'
  | 'logout'
  | 'session:end'
  | 'password:change'
  | 'reset:ask'
  | 'reset'
  | 'email:ask'
  | 'email:change'
  | 'email:verify'
  | 'account:state';

/**
 * `proof` is a login that waits for the link which was mailed, if its password was right; `shutOut` one that was
 * right, by somebody who may not come in.
 */
export type SecurityOutcome = 'ok' | 'failed' | 'limited' | 'proof' | 'shutOut';

/** Where a request comes from, as far as the log tells it. */
export type Client = Pick<RequestOrigin, 'ipKey' | 'userAgent'>;

/**
 * Logs what happened to an account. Nothing that was typed is passed on: a password may have been typed
 * into the field for the name.
 */
export function logSecurity(
  event: SecurityEvent,
  outcome: SecurityOutcome,
  { userId, origin }: { userId?: string | null; origin?: Client | undefined },
): void {
  getLog().info(
    {
      security: event,
      outcome,
      userId: userId ?? null,
      client: origin?.ipKey ?? 'unknown',
      device: nameDevice(origin?.userAgent ?? null),
    },
    'security event',
  );
}
