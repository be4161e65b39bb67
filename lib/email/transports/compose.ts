import type { SendMailOptions } from 'nodemailer';
import { getEmailFrom } from '#lib/runtime/env.ts';
import { getFromAddress } from '../content/mail-headers.ts';
import type { OutgoingMail } from './transport.ts';

/** The mail in nodemailer's words; the same mail gives the same id and date at every attempt. */
export function composeMail({ address, payload, createdAt }: OutgoingMail): SendMailOptions {
  const {
    'Message-ID': messageId,
    'In-Reply-To': inReplyTo,
    References: references,
    'Reply-To': replyTo,
    ...headers
  } = payload.headers;
  return {
    from: payload.fromName ? { name: payload.fromName, address: getFromAddress() } : getEmailFrom(),
    // As an object, so that nothing in an address is read as a list of several.
    to: { name: '', address },
    subject: payload.subject,
    html: payload.html,
    text: payload.text,
    textEncoding: 'base64',
    messageId,
    inReplyTo,
    references,
    replyTo,
    date: createdAt,
    headers: Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, { prepared: true, value }]),
    ),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
