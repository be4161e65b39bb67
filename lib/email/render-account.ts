import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { cleanLine } from './clean-line.ts';
import { commonHeaders } from './mail-headers.ts';
import type { RenderedMail } from './render.ts';
import type { NoticeProps } from './templates/notice.ts';

/** A mail about the account itself; `url` is where its button leads. */
export type AccountMail = { locale: Locale; username: string; url: string } & (
  | { kind: 'verify' | 'reset' | 'change' }
  /** To the address in use: a change of it was asked for, or has been made. */
  | { kind: 'changing' | 'changed'; newAddress: string }
  | { kind: 'device'; device: string | null; ip: string | null; at: Date; timeZone: string | null }
);

/** Shows whose address it is without giving it away: `m…@example.com`. */
function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return cleanLine(`${[...address][0]}…${address.slice(at)}`, 80);
}

function getWords(mail: AccountMail): { subject: string } & Omit<NoticeProps, 'locale'> {
  const t = getTranslator(mail.locale, 'email');
  const { url } = mail;
  const name = cleanLine(mail.username, 40);
  switch (mail.kind) {
    case 'verify':
      return {
        subject: t('subjectVerify'),
        heading: t('headingVerify', { name }),
        paragraphs: [t('bodyVerify')],
        action: { label: t('buttonVerify'), url },
        why: t('whyVerify'),
      };
    case 'reset':
      return {
        subject: t('subjectReset'),
        heading: t('headingReset', { name }),
        paragraphs: [t('bodyReset')],
        action: { label: t('buttonReset'), url },
        why: t('whyReset'),
      };
    case 'change':
      return {
        subject: t('subjectChange'),
        heading: t('headingChange', { name }),
        paragraphs: [t('bodyChange')],
        action: { label: t('buttonChange'), url },
        why: t('whyChange'),
      };
    case 'changing':
    case 'changed': {
      const address = maskAddress(mail.newAddress);
      const isDone = mail.kind === 'changed';
      return {
        subject: t(isDone ? 'subjectChanged' : 'subjectChanging'),
        heading: isDone ? t('headingChanged', { name }) : t('headingChanging', { name }),
        paragraphs: [
          isDone ? t('bodyChanged', { address }) : t('bodyChanging', { address }),
          t('bodyNotYou'),
        ],
        action: { label: t('buttonSecure'), url },
        why: t('whyAccount', { name }),
      };
    }
    case 'device': {
      const at = new Intl.DateTimeFormat(mail.locale, {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: mail.timeZone ?? 'UTC',
      }).format(mail.at);
      const zone = mail.timeZone ?? 'UTC';
      return {
        subject: t('subjectDevice'),
        heading: t('headingDevice', { name }),
        paragraphs: [
          [
            t('deviceName', { device: mail.device ?? t('deviceUnknown') }),
            t('deviceTime', { at, zone }),
            ...(mail.ip ? [t('deviceIp', { ip: mail.ip })] : []),
          ].join('\n'),
          t('bodyDevice'),
        ],
        action: { label: t('buttonDevice'), url },
        why: t('whyAccount', { name }),
      };
    }
  }
}

/** Renders a mail about the account in its owner's language. */
export async function renderAccountMail(mail: AccountMail & { mailId: string }): Promise<RenderedMail> {
  const { renderNotice } = await import('./templates/index.ts');
  const { subject, ...words } = getWords(mail);
  const parts = await renderNotice({ locale: mail.locale, ...words });
  return { ...parts, subject, headers: commonHeaders(mail.mailId) };
}

/** Why a reply by e-mail was not taken; keys of the catalogue. */
export type RefusalReason = 'sender' | 'empty' | 'blocked' | 'tooLong' | 'tooMany';

/** Renders the polite answer to a reply that was not taken; it threads with that reply. */
export async function renderRefusalMail(input: {
  mailId: string;
  locale: Locale;
  reason: RefusalReason;
  /** The reply's own Message-ID, if it had one. */
  inReplyTo: string | undefined;
  /** How the refused text began, so that its writer recognises it. */
  excerpt: string;
}): Promise<RenderedMail> {
  const { renderNotice } = await import('./templates/index.ts');
  const t = getTranslator(input.locale, 'email');
  const excerpt = cleanLine(input.excerpt, 120);
  const parts = await renderNotice({
    locale: input.locale,
    heading: t('headingRefusal'),
    paragraphs: [t(`refusals.${input.reason}`), ...(excerpt ? [t('refusalExcerpt', { excerpt })] : [])],
    why: t('whyRefusal'),
  });
  const thread =
    input.inReplyTo && /^<[\x21-\x7e]{3,250}>$/.test(input.inReplyTo) ? input.inReplyTo : undefined;
  return {
    ...parts,
    subject: t('subjectRefusal'),
    headers: {
      ...commonHeaders(input.mailId),
      'Auto-Submitted': 'auto-replied',
      ...(thread && { 'In-Reply-To': thread, References: thread }),
    },
  };
}
