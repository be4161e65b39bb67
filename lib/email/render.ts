import { getAppUrl, getEmailFrom } from '#lib/env.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { cleanLine, SUBJECT_LIMIT, takeFirstLine } from './clean-line.ts';
import { makeUnsubscribeToken } from './unsubscribe-token.ts';

/** A mail as it is stored and handed to a transport, apart from its address. */
export type RenderedMail = { subject: string; html: string; text: string; headers: Record<string, string> };

export type MessagesMail = {
  mailId: string;
  conversationId: string;
  recipientId: string;
  locale: Locale;
  senderName: string;
  /** Oldest first; what the mail shows in full. */
  texts: { seq: number; body: string }[];
  /** How many more there are. */
  moreCount: number;
};

/** The templates take a fraction of a second to load, so they are loaded at the first mail. */
const loadTemplates = () => import('./templates/index.ts');

/** Loads the templates ahead of a transaction, so that no lock is held meanwhile. */
export async function warmTemplates(): Promise<void> {
  await loadTemplates();
}

/** The host in message ids: that of the sender's address, as receivers expect. */
function getMailHost(): string {
  return /@([a-z0-9.-]+)/i.exec(getEmailFrom())?.[1] ?? 'localhost';
}

/** Headers of every mail; the id is stable, so that a mail sent twice is seen once. */
function commonHeaders(mailId: string): Record<string, string> {
  return { 'Message-ID': `<${mailId}@${getMailHost()}>`, 'Auto-Submitted': 'auto-generated' };
}

/** Renders the mail about new messages in the recipient's language. */
export async function renderMessagesMail(input: MessagesMail): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const token = encodeURIComponent(makeUnsubscribeToken(input.recipientId));
  const name = cleanLine(input.senderName, 40);
  const first = input.texts[0];
  const firstLine = cleanLine(takeFirstLine(first?.body ?? ''), SUBJECT_LIMIT);
  const thread = `<${input.conversationId}.${input.recipientId}@${getMailHost()}>`;
  const { renderMessages } = await loadTemplates();
  const parts = await renderMessages({
    locale: input.locale,
    name,
    texts: input.texts,
    moreCount: input.moreCount,
    preview: firstLine,
    openUrl: `${getAppUrl()}/chat/${input.conversationId}?m=${first?.seq ?? ''}`,
    stopUrl: `${getAppUrl()}/unsubscribe?token=${token}`,
  });
  return {
    ...parts,
    subject: cleanLine(t('subjectMessages', { name, text: firstLine }), SUBJECT_LIMIT),
    headers: {
      ...commonHeaders(input.mailId),
      'In-Reply-To': thread,
      References: thread,
      'List-Unsubscribe': `<${getAppUrl()}/api/unsubscribe?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

/** Renders an account mail: address confirmation or password reset. */
export async function renderAccountMail(input: {
  mailId: string;
  kind: 'verify' | 'reset';
  locale: Locale;
  username: string;
  url: string;
}): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { renderAccount } = await loadTemplates();
  const parts = await renderAccount({
    locale: input.locale,
    kind: input.kind,
    name: cleanLine(input.username, 40),
    url: input.url,
  });
  return {
    ...parts,
    subject: t(input.kind === 'verify' ? 'subjectVerify' : 'subjectReset'),
    headers: commonHeaders(input.mailId),
  };
}
