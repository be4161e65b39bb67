import { createHash } from 'node:crypto';
import { getDb } from '#db/client.ts';
import { cancelMailsUpTo } from '#db/queries/mails.ts';
import { findReplier } from '#db/queries/repliers.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { bodySchema } from '#lib/chat/schemas.ts';
import { sendByEmail } from '#lib/chat/send-message.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import type { RefusalReason } from '../render-account.ts';
import { readReplyAddress } from './address.ts';
import { htmlToPlain } from './html-to-plain.ts';
import { type IncomingMail, isSameAddress } from './incoming.ts';
import { isAutomatic } from './is-automatic.ts';
import { splitText } from './split-text.ts';
import { stripReply } from './strip-reply.ts';

/** Messages that one reply may become. */
const MAX_PARTS = 5;

export type ReceiveResult =
  | { kind: 'taken' }
  /** Nothing of ours is addressed. */
  | { kind: 'unknown' }
  /** Written by a program; answering it would make a loop. */
  | { kind: 'ignored' }
  | { kind: 'refused'; reason: RefusalReason; ownerId: string; locale: Locale; excerpt: string };

/**
 * Takes a reply by e-mail: proves that it comes from the person the reply address was made for, and
 * sends what they wrote to their partner. Their read cursor moves to what the mail showed, and mails
 * about that which have not gone yet are cancelled. The same mail twice is one message.
 *
 * @throws when the database cannot be reached; the mail is to be tried again then.
 */
export async function receiveReply(mail: IncomingMail): Promise<ReceiveResult> {
  const target = mail.recipients.map(readReplyAddress).find((found) => found !== undefined);
  const replier = target && (await findReplier(getDb(), target));
  if (!target || !replier) return { kind: 'unknown' };
  if (isAutomatic(mail)) return { kind: 'ignored' };
  const text = stripReply(mail.text.trim() ? mail.text : htmlToPlain(mail.html));
  const refuse = (reason: RefusalReason): ReceiveResult => ({
    kind: 'refused',
    reason,
    ownerId: replier.userId,
    locale: replier.locale,
    // Only who may know what was written is told how it began.
    excerpt: text.slice(0, 500),
  });
  const isOwner = isSameAddress(mail.from, replier.email);
  if (!isOwner || mail.authenticity === 'fail') return refuse('sender');

  const allowance = await consumeLimit('reply', replier.userId);
  if (!allowance.ok) return refuse('tooMany');
  const parts = splitText(nameAttachments(text, mail.attachments, replier.locale));
  if (parts.length === 0) return refuse('empty');
  const bodies = parts.map((part) => bodySchema.safeParse(part.toWellFormed().replaceAll('\0', '')));
  if (parts.length > MAX_PARTS || bodies.some(({ success }) => !success)) return refuse('tooLong');

  const { conversationId, quotedSeq } = target;
  const { userId } = replier;
  await moveCursor({ viewerId: userId, conversationId, kind: 'read', seq: quotedSeq });
  await cancelMailsUpTo(getDb(), { recipientId: userId, conversationId, seq: quotedSeq });
  const clientId = makeClientId(mail);
  for (const [index, body] of bodies.entries()) {
    const sent = await sendByEmail(userId, {
      conversationId,
      clientId: `${clientId}-${index}`,
      body: body.data ?? '',
    });
    if (!sent.ok) return sent.error.code === 'blocked' ? refuse('blocked') : { kind: 'unknown' };
  }
  return { kind: 'taken' };
}

/** A mail names itself by its Message-ID; one without is known by everything in it. */
function makeClientId({ messageId, from, subject, text, html, headers }: IncomingMail): string {
  const name = messageId?.trim() || JSON.stringify([from, subject, text, html, headers.get('date')]);
  return `mail-${createHash('sha256').update(name).digest('base64url')}`;
}

function nameAttachments(text: string, names: string[], locale: Locale): string {
  if (names.length === 0) return text;
  const line = getTranslator(locale, 'email')('attachments', { names: names.join(', ') });
  return text ? `${text}\n\n${line}` : line;
}
