import { hasPublicAddress } from '#lib/operations/loopback.ts';
import { LOCAL_HEADER } from '#lib/operations/mark-request.ts';
import { type Env, getTransportName, isOwnHost } from '#lib/runtime/env.ts';

/** To whom the developer mailbox is open. Left alone it is closed once there is a public address: people's own mails are in it. */
export function getMailboxReaders(env: Pick<Env, 'DEV_MAILBOX' | 'APP_URL'>): 'local' | 'public' | 'off' {
  return env.DEV_MAILBOX ?? (hasPublicAddress(env.APP_URL) ? 'off' : 'local');
}

/**
 * Whether this request may read the developer mailbox. It shows every mail, so whoever reads it can take over any
 * account by a reset: it is there only while no mail leaves, and for this machine alone unless DEV_MAILBOX=public
 * says otherwise. Even then a page of a foreign site whose name was made to lead here may not (DNS rebinding).
 */
export function mayReadMailbox(headers: Pick<Headers, 'get'>, env: Env): boolean {
  if (getTransportName(env) !== 'mailbox') return false;
  const readers = getMailboxReaders(env);
  if (readers === 'public') return isOwnHost(headers.get('host'), env);
  return readers === 'local' && headers.get(LOCAL_HEADER) === '1';
}
