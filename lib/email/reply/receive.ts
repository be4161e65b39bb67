import { createHash } from 'node:crypto';
import type { DNSResolver } from 'mailauth';
import { getDb } from '#db/client.ts';
import { cancelMailsUpTo } from '#db/queries/mails.ts';
import { findReplier } from '#db/queries/repliers.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { bodySchema } from '#lib/chat/schemas.ts';
import { sendByEmail } from '#lib/chat/send-message.ts';
import { getEnv } from '#lib/env.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import type { RefusalReason } from '../render-account.ts';
import { readReplyAddress } from './address.ts';
import { type IncomingMail, isOwners, type ReadJob } from './incoming.ts';
import { isAutomatic } from './is-automatic.ts';
import { readMail } from './read-mail.ts';
import { splitText } from './split-text.ts';

/** Messages that one reply may become. */
const MAX_PARTS = 5;

/** A mail as it came in, unread. */
export type Arrival = Omit<ReadJob, 'owner' | 'addressee' | 'proof'> & {
  /** Every address that it was sent to. */
  recipients: string[];
};

export type ReceiveResult =
  | { kind: 'taken' }
  /** Nothing of ours is addressed. */
  | { kind: 'unknown' }
  /** Written by a program; answering it would make a loop. */
  | { kind: 'ignored' }
  | {
      kind: 'refused';
      reason: RefusalReason;
      mail: IncomingMail;
      ownerId: string;
      locale: Locale;
      excerpt: string;
    };

/**
 * Takes a reply by e-mail: checks that it comes from the person the reply address was made for, and
 * sends what they wrote to their partner. Their read cursor moves to what the mail showed, and mails
 * about that which have not gone yet are cancelled. The same mail twice is one message.
 *
 * @param resolver looks DNS up; the system's own by default.
 * @throws UnreadableMailError when no limit is enough to read it; any other error, such as of the database,
 * means that it is to be tried again.
 */
export async function receiveReply(arrival: Arrival, resolver?: DNSResolver): Promise<ReceiveResult> {
  const { recipients, ...rest } = arrival;
  const addressee = recipients.find((address) => readReplyAddress(address)) ?? '';
  const target = readReplyAddress(addressee);
  const replier = target && (await findReplier(getDb(), target));
  if (!target || !replier) return { kind: 'unknown' };
  const proof = getEnv().REPLY_PROOF;
  const mail = await readMail({ ...rest, addressee, owner: replier.email, proof }, resolver);
  if (isAutomatic(mail)) return { kind: 'ignored' };
  const { text } = mail;
  const refuse = (reason: RefusalReason): ReceiveResult => ({
    kind: 'refused',
    reason,
    mail,
    ownerId: replier.userId,
    locale: replier.locale,
    // Only who may know what was written is told how it began.
    excerpt: text.slice(0, 500),
  });
  if (!isOwners(mail, replier.email, proof)) return refuse('sender');

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
function makeClientId({ messageId, from, subject, text, headers }: IncomingMail): string {
  const name = messageId?.trim() || JSON.stringify([from, subject, text, headers.get('date')]);
  return `mail-${createHash('sha256').update(name).digest('base64url')}`;
}

function nameAttachments(text: string, names: string[], locale: Locale): string {
  if (names.length === 0) return text;
  const line = getTranslator(locale, 'email')('attachments', { names: names.join(', ') });
  return text ? `${text}\n\n${line}` : line;
}
