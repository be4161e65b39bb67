import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTransportName } from '#lib/email/transports/name.ts';
import { isOwnHost } from '#lib/env.ts';

/**
 * Answers 404 where there is no developer mailbox: it shows every mail to whoever opens it, so it is there
 * only while no mail leaves, and only under this server's own name. A page of a foreign site whose name
 * was made to lead here would otherwise read it (DNS rebinding).
 */
export async function requireMailbox(): Promise<void> {
  const host = (await headers()).get('host');
  if (getTransportName() !== 'mailbox' || !isOwnHost(host)) notFound();
}
