import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { parseAddresses } from './addresses.ts';
import { UnreadableMailError } from './incoming.ts';

/** Largest text and HTML together, and largest rest, in characters; the reader accepts no more either. */
const BODY_LIMIT = 15 * 1024 * 1024;
const HEAD_LIMIT = 256 * 1024;
/** Headers that are rewritten, and signatures, which are then no longer valid. */
const OWN_HEADERS =
  /^(from|sender|to|cc|bcc|subject|message-id|date|mime-version|content-.*|dkim-signature)$/i;
const FIELD_NAME = /^[!-9;-~]+$/;

/**
 * Rebuilds a mail, for the same reader, from what Resend says about one that it no longer has as it was sent. It
 * names the files, which are empty. From contains everybody whom Resend or the mail's own header calls its
 * author, so that several are noticed.
 *
 * @throws UnreadableMailError when it is larger than any reply.
 */
export async function retellMail(told: GetReceivingEmailResponseSuccess): Promise<Buffer> {
  const { text, html, attachments, ...head } = told;
  if ((text?.length ?? 0) + (html?.length ?? 0) > BODY_LIMIT)
    throw new UnreadableMailError('it is too large');
  if (JSON.stringify([head, attachments]).length > HEAD_LIMIT)
    throw new UnreadableMailError('too many headers');
  const headers = Object.entries(told.headers ?? {});
  const find = (name: string) =>
    headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const isReport = find('content-type').some((value) => /^\s*multipart\/report\b/i.test(value));
  const composer = new MailComposer({
    from: toObjects([told.from, ...find('from')]),
    to: toObjects(told.to),
    cc: toObjects(told.cc ?? []),
    subject: told.subject,
    // The same at each try, also where the mail had none.
    messageId: told.message_id || `<${told.id}@resend.invalid>`,
    text: text ?? undefined,
    html: html ?? undefined,
    textEncoding: 'base64',
    headers: [
      ...headers
        .filter(([key]) => FIELD_NAME.test(key) && !OWN_HEADERS.test(key))
        // Several of one name come as lines of one value; what begins with a space goes on.
        .flatMap(([key, value]) =>
          String(value)
            .split(/\r?\n(?![ \t])/)
            .map((line) => ({ key, value: line })),
        ),
      // Its type, by which a delivery report is known, is gone with its parts.
      ...(isReport ? [{ key: 'Auto-Submitted', value: 'auto-generated' }] : []),
    ],
    attachments: attachments.map(({ filename }) => ({
      filename: filename ?? false,
      content: '',
      contentType: 'application/octet-stream',
    })),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Each address once, as an object, so that nothing in it is read as a list of several. */
function toObjects(values: string[]) {
  const addresses = new Map(
    values.flatMap(parseAddresses).map((address) => [address.toLowerCase(), address]),
  );
  return [...addresses.values()].map((address) => ({ name: '', address }));
}
