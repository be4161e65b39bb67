import { memo, peekMemo } from '#lib/memo.ts';
import { createMailboxTransport } from './mailbox.ts';
import { getTransportName } from './name.ts';
import { createResendTransport } from './resend.ts';
import { createSmtpTransport } from './smtp.ts';
import type { Transport } from './transport.ts';

const makers = {
  resend: () => createResendTransport(),
  smtp: createSmtpTransport,
  mailbox: createMailboxTransport,
};

/** The process's transport. */
export function getTransport(): Transport {
  return memo('mailTransport', () => makers[getTransportName()]());
}

/** Closes the transport's connections, if it was ever used. */
export function closeTransport(): void {
  peekMemo<Transport>('mailTransport')?.close();
}
