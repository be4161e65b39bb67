import type { MailPayload } from '#db/queries/mails.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { cleanLine, SUBJECT_LIMIT } from './clean-line.ts';
import { commonHeaders, getMailHost, makeUnsubscribing } from './mail-headers.ts';
import type { MailText } from './mail-text.ts';

/** A mail as it is stored and handed to a transport, apart from its address. */
export type RenderedMail = MailPayload;

/** Longest name in a subject or a sentence, in characters; usernames have fewer. */
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
  /** Oldest first. */
  texts: MailText[];
  /** Whether another mail with more of them follows. */
  isContinued: boolean;
  /** Where replies go, when this server takes any. */
  replyTo?: string;
};

export type SummaryConversation = {
  conversationId: string;
  name: string;
  texts: MailText[];
};

/** The templates take about half a second to load, so a start does not wait for them. */
const loadTemplates = () => import('../templates/index.ts');

/** Loads the templates ahead of a transaction, so that no lock is held meanwhile. */
export async function warmTemplates(): Promise<void> {
  await loadTemplates();
}

const toOpenUrl = (conversationId: string, seq: number | undefined) =>
  `${getAppUrl()}/chat/${conversationId}?m=${seq ?? ''}`;

/** Ids of no mail, which those of one thread answer: mail programs show them together. */
const toThread = (name: string) => {
  const root = `<${name}@${getMailHost()}>`;
  return { 'In-Reply-To': root, References: root };
};

/**
 * Renders the mail about new messages in the recipient's language. Its subject is the same in every mail of a
 * conversation, as Gmail puts only such into one thread; what was said shows beside it.
 */
export async function renderMessagesMail(input: MessagesMail): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { stopUrl, headers } = makeUnsubscribing(input.recipientId);
  const name = cleanLine(input.senderName, NAME_LIMIT);
  const first = input.texts[0];
  const { renderMessages } = await loadTemplates();
  const parts = renderMessages({
    locale: input.locale,
    name,
    ownTextBefore: input.ownTextBefore,
    texts: input.texts,
    isContinued: input.isContinued,
    preview:
      cleanLine(input.texts.map(({ body }) => body).join('\n'), PREVIEW_LIMIT) ||
      t('previewMessages', { name }),
    openUrl: toOpenUrl(input.conversationId, first?.seq),
    stopUrl,
    canReply: input.replyTo !== undefined,
  });
  return {
    ...parts,
    fromName: t('fromName', { name }),
    subject: cleanLine(t('subjectMessages', { name }), SUBJECT_LIMIT),
    headers: {
      ...commonHeaders(input.mailId),
      ...toThread(`${input.conversationId}.${input.recipientId}`),
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
  conversations: SummaryConversation[];
  /** Texts in all conversations together, those of further mails too, and of whom some are. */
  textCount: number;
  names: string[];
  /** YYYY-MM-DD where the reader lives. */
  day: string;
  /** Whether another mail follows. */
  isContinued: boolean;
}): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { stopUrl, headers } = makeUnsubscribing(input.recipientId);
  const conversations = input.conversations.map((conversation) => ({
    ...conversation,
    name: cleanLine(conversation.name, NAME_LIMIT),
    openUrl: toOpenUrl(conversation.conversationId, conversation.texts[0]?.seq),
  }));
  const { renderSummary } = await loadTemplates();
  const parts = renderSummary({
    locale: input.locale,
    conversations,
    textCount: input.textCount,
    isContinued: input.isContinued,
    preview: cleanLine(
      conversations.map(({ name, texts }) => `${name}: ${texts[0]?.body}`).join(' · '),
      PREVIEW_LIMIT,
    ),
    chatUrl: `${getAppUrl()}/chat`,
    stopUrl,
  });
  const names = input.names.map((name) => cleanLine(name, NAME_LIMIT));
  return {
    ...parts,
    subject: cleanLine(
      t('subjectSummary', { count: input.textCount, names: names.join(', ') }),
      SUBJECT_LIMIT,
    ),
    headers: {
      ...commonHeaders(input.mailId),
      ...toThread(`summary.${input.recipientId}.${input.day}`),
      ...headers,
    },
  };
}
