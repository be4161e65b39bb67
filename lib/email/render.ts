import { getAppUrl } from '#lib/env.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { cleanLine, SUBJECT_LIMIT, takeFirstLine } from './clean-line.ts';
import { commonHeaders, getMailHost, makeUnsubscribing } from './mail-headers.ts';

/** A mail as it is stored and handed to a transport, apart from its address. */
export type RenderedMail = { subject: string; html: string; text: string; headers: Record<string, string> };

/** Longest name in a subject or a sentence, in characters; usernames have 30. */
const NAME_LIMIT = 40;
/** Characters of what a mail program shows beside the subject. */
const PREVIEW_LIMIT = 140;

export type MessagesMail = {
  mailId: string;
  conversationId: string;
  recipientId: string;
  locale: Locale;
  senderName: string;
  /** What the recipient themselves said right before, for context. */
  ownTextBefore?: string;
  /** Oldest first; what the mail shows in full. */
  texts: { seq: number; body: string }[];
  /** How many more there are. */
  moreCount: number;
  /** Where replies go, when this server takes any. */
  replyTo?: string;
};

export type SummaryRoom = {
  conversationId: string;
  name: string;
  texts: { seq: number; body: string }[];
  moreCount: number;
};

/** The templates take a fraction of a second to load, so they are loaded at the first mail. */
const loadTemplates = () => import('./templates/index.ts');

/** Loads the templates ahead of a transaction, so that no lock is held meanwhile. */
export async function warmTemplates(): Promise<void> {
  await loadTemplates();
}

const toOpenUrl = (conversationId: string, seq: number | undefined) =>
  `${getAppUrl()}/chat/${conversationId}?m=${seq ?? ''}`;

/** What follows the first line, which the subject has already. */
function makePreview(texts: { body: string }[], fallback: string): string {
  const all = texts.map(({ body }) => body).join('\n');
  const rest = all.slice(all.indexOf(takeFirstLine(all)) + takeFirstLine(all).length);
  return cleanLine(rest, PREVIEW_LIMIT) || fallback;
}

/** Renders the mail about new messages in the recipient's language. */
export async function renderMessagesMail(input: MessagesMail): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { stopUrl, headers } = makeUnsubscribing(input.recipientId);
  const name = cleanLine(input.senderName, NAME_LIMIT);
  const first = input.texts[0];
  const firstLine = cleanLine(takeFirstLine(first?.body ?? ''), SUBJECT_LIMIT);
  const thread = `<${input.conversationId}.${input.recipientId}@${getMailHost()}>`;
  const { renderMessages } = await loadTemplates();
  const parts = await renderMessages({
    locale: input.locale,
    name,
    ownTextBefore: input.ownTextBefore,
    texts: input.texts,
    moreCount: input.moreCount,
    preview: makePreview(input.texts, t('previewMessages', { name })),
    openUrl: toOpenUrl(input.conversationId, first?.seq),
    stopUrl,
    canReply: input.replyTo !== undefined,
  });
  return {
    ...parts,
    subject: cleanLine(t('subjectMessages', { name, text: firstLine }), SUBJECT_LIMIT),
    headers: {
      ...commonHeaders(input.mailId),
      'In-Reply-To': thread,
      References: thread,
      ...headers,
      ...(input.replyTo && { 'Reply-To': input.replyTo }),
    },
  };
}

/** Renders the daily summary of what a person has not read. */
export async function renderSummaryMail(input: {
  mailId: string;
  recipientId: string;
  locale: Locale;
  rooms: SummaryRoom[];
  /** Texts in all conversations together, those not shown too. */
  textCount: number;
  /** Conversations that are not shown. */
  moreRooms: number;
}): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { stopUrl, headers } = makeUnsubscribing(input.recipientId);
  const rooms = input.rooms.map((room) => ({
    ...room,
    name: cleanLine(room.name, NAME_LIMIT),
    openUrl: toOpenUrl(room.conversationId, room.texts[0]?.seq),
  }));
  const { renderSummary } = await loadTemplates();
  const parts = await renderSummary({
    locale: input.locale,
    rooms,
    textCount: input.textCount,
    moreRooms: input.moreRooms,
    preview: cleanLine(
      rooms.map(({ name, texts }) => `${name}: ${texts[0]?.body}`).join(' · '),
      PREVIEW_LIMIT,
    ),
    chatUrl: `${getAppUrl()}/chat`,
    stopUrl,
  });
  const names = rooms.map(({ name }) => name).slice(0, 3);
  return {
    ...parts,
    subject: cleanLine(
      t('subjectSummary', { count: input.textCount, names: names.join(', ') }),
      SUBJECT_LIMIT,
    ),
    headers: { ...commonHeaders(input.mailId), ...headers },
  };
}
