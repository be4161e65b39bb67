import { getTransportName } from '#lib/runtime/env.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { createMailboxTransport } from './mailbox.ts';
import { createResendTransport } from './resend.ts';
import { resendSingleton } from './resend-client.ts';
import { createSmtpTransport } from './smtp.ts';
import type { Transport } from './transport.ts';

const makers = {
  resend: () => createResendTransport(),
  smtp: createSmtpTransport,
  mailbox: createMailboxTransport,
};

export const mailTransportSingleton = defineSingleton<Transport>('mailTransport', () =>
  makers[getTransportName()](),
);

/** The process's transport. */
export function getTransport(): Transport {
  return mailTransportSingleton.get();
}

/** Closes the transport's connections, if it was ever used; the next use makes it anew. */
export function closeTransport(): void {
  mailTransportSingleton.peek()?.close();
  mailTransportSingleton.clear();
  resendSingleton.clear();
}
