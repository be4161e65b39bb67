import { createHash } from 'node:crypto';
import type { DNSResolver } from 'mailauth';
import { safeParse } from 'valibot';
import { getDb } from '#db/client.ts';
import { cancelMailsUpTo } from '#db/queries/mails.ts';
import { findReplier, listQuotable } from '#db/queries/repliers.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { bodySchema } from '#lib/chat/schemas.ts';
import { sendByEmail } from '#lib/chat/send-message.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import type { RefusalReason } from '../content/render-account.ts';
import { MAX_TEXTS } from '../messages/fit-texts.ts';
import { notifyRecipient } from '../messages/notify.ts';
import { readReplyAddress } from './address.ts';
import { type IncomingMail, isOwners, type ReadJob } from './incoming.ts';
import { isAutomatic } from './is-automatic.ts';
import { type ReadLimits, readMail } from './read-mail.ts';
import { splitText } from './split-text.ts';
import { describeSentMail } from './words/sent-mail.ts';

/** Messages that one reply may become. */
const MAX_PARTS = 5;

/** A mail as it came in, unread. */
export type Arrival = Omit<ReadJob, 'owner' | 'addressee' | 'sent' | 'proof'> & {
  /** Every address that it was sent to. */
  recipients: string[];
};

/** Which part of an accepted reply could not be passed on, and whom to tell. */
export type Dropped = {
  ownerId: string;
  address: string;
  locale: Locale;
  files: string[];
  /** Lines that looked quoted but may be the writer's. */
  doubtful: string[];
  mail: IncomingMail;
};

export type ReceiveResult =
  | { kind: 'taken'; dropped: Dropped | undefined }
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
 * @param limits of what reading may take.
 * @throws UnreadableMailError if no limit is enough to read it, CostlyMailError if its processor time is spent;
 * any other error, such as one of the database, means that it should be tried again.
 */
export async function receiveReply(
  arrival: Arrival,
  resolver?: DNSResolver,
  limits?: ReadLimits,
): Promise<ReceiveResult> {
  const { recipients, ...rest } = arrival;
  const addressee = recipients.find((address) => readReplyAddress(address)) ?? '';
  const target = readReplyAddress(addressee);
  const replier = target && (await findReplier(getDb(), target));
  if (!target || !replier) return { kind: 'unknown' };
  const proof = getEnv().REPLY_PROOF;
  const { conversationId, quotedSeq } = target;
  const { userId, partnerName } = replier;
  const written = { conversationId, recipientId: userId, quotedSeq, maxTexts: MAX_TEXTS };
  const quotable = await listQuotable(getDb(), written);
  const sent = describeSentMail({ partnerName, ...quotable });
  const mail = await readMail({ ...rest, addressee, owner: replier.email, sent, proof }, resolver, limits);
  if (isAutomatic(mail)) return { kind: 'ignored' };
  const { text } = mail;
  const refuse = (reason: RefusalReason): ReceiveResult => ({
    kind: 'refused',
    reason,
    mail,
    ownerId: replier.userId,
    locale: replier.locale,
    // Only somebody who may know the text is told how it began.
    excerpt: text.slice(0, 500),
  });
  if (!isOwners(mail, replier.email, proof)) return refuse('sender');

  const allowance = await consumeLimit('reply', replier.userId);
  if (!allowance.ok) return refuse('tooMany');
  if (mail.trouble) return refuse(mail.trouble);
  const parts = splitText(nameAttachments(text, mail.attachments, replier.locale));
  if (parts.length === 0) return refuse('empty');
  const bodies = parts.map((part) => safeParse(bodySchema, part.toWellFormed().replaceAll('\0', '')));
  const texts = bodies.flatMap((body) => (body.success ? [body.output] : []));
  if (parts.length > MAX_PARTS || texts.length < parts.length) return refuse('tooLong');

  // Reading took its time; who was shut out meanwhile says nothing any more.
  if (!(await findReplier(getDb(), target))) return { kind: 'unknown' };
  await moveCursor({ viewerId: userId, conversationId, kind: 'read', seq: quotedSeq });
  await cancelMailsUpTo(getDb(), { recipientId: userId, conversationId, seq: quotedSeq });
  notifyRecipient({ conversationId, recipientId: userId });
  const replyToSeq = quotable.count === 1 ? quotedSeq : undefined;
  const refusal = await sendParts(
    userId,
    { conversationId, clientId: makeClientId(mail), replyToSeq },
    texts,
  );
  if (refusal === 'blocked') return refuse('blocked');
  if (refusal === 'not_found') return { kind: 'unknown' };
  const { locale, email: address } = replier;
  const { attachments: files, doubtful } = mail;
  const isWhole = files.length === 0 && doubtful.length === 0;
  return {
    kind: 'taken',
    dropped: isWhole ? undefined : { ownerId: userId, address, locale, files, doubtful, mail },
  };
}

/**
 * Sends the parts in order, the first as a reply to the message that the mail showed, if it was just one; those that an
 * earlier try stored are found again by their names.
 *
 * @returns why the conversation does not take them, which another try would not change; undefined when all are stored.
 * @throws for anything else that they meet, as nobody has the words then: the mail is to be tried again.
 */
async function sendParts(
  userId: string,
  { conversationId, clientId, replyToSeq }: { conversationId: string; clientId: string; replyToSeq?: number },
  texts: string[],
): Promise<'blocked' | 'not_found' | undefined> {
  for (const [index, body] of texts.entries()) {
    const sent = await sendByEmail(userId, {
      conversationId,
      clientId: `${clientId}-${index}`,
      body,
      ...(index === 0 && { replyToSeq }),
    });
    if (sent.ok) continue;
    const { code } = sent.error;
    if (code === 'blocked' || code === 'not_found') return code;
    throw new Error(`a reply by email could not be stored: ${code}`);
  }
  return undefined;
}

/** A mail is identified by its Message-ID or, without one, by its whole content. */
function makeClientId({ messageId, from, subject, text, headers }: IncomingMail): string {
  const name = messageId?.trim() || JSON.stringify([from, subject, text, headers.get('date')]);
  return `mail-${createHash('sha256').update(name).digest('base64url')}`;
}

function nameAttachments(text: string, names: string[], locale: Locale): string {
  if (names.length === 0) return text;
  const line = getTranslator(locale, 'email')('attachments', { names: names.join(', ') });
  return text ? `${text}\n\n${line}` : line;
}
