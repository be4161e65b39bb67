import type { AccountMail } from '#lib/auth/accounts/account-mailer.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { showAddress } from '#lib/text/show-address.ts';
import type { NoticeProps } from '../templates/notice.ts';
import { cleanLine } from './clean-line.ts';
import { commonHeaders } from './mail-headers.ts';
import type { RenderedMail } from './render.ts';

/** Shows whose address it is without giving it away: `m…@example.com`. */
function maskAddress(address: string): string {
  const shown = showAddress(address);
  return cleanLine(`${[...shown][0]}…${shown.slice(shown.lastIndexOf('@'))}`, 80);
}

/** Mail programs make links of what looks like an address: `a.b`. */
const LOOKS_LIKE_LINK = /[^.]\.[^.]/;

/**
 * The name in a mail to an address that may be anybody's, whose reader never asked for it: undefined when it
 * would become a link there, as a stranger who signs up chooses both.
 */
const nameToStranger = (name: string) => (LOOKS_LIKE_LINK.test(name) ? undefined : name);

type MailOf<Kind extends AccountMail['kind']> = Extract<AccountMail, { kind: Kind }>;
type Words = { subject: string } & Omit<NoticeProps, 'locale'>;

function getWords(mail: AccountMail): Words {
  const t = getTranslator(mail.locale, 'email');
  const { url } = mail;
  const name = cleanLine(mail.username, 40);
  const openName = 'isProven' in mail && mail.isProven ? name : nameToStranger(name);
  switch (mail.kind) {
    case 'verify':
      return {
        subject: t('subjectVerify'),
        heading: openName ? t('headingVerify', { name: openName }) : t('headingVerifyNameless'),
        paragraphs: [t('bodyVerify')],
        action: { label: t('buttonVerify'), url },
        why: t('whyVerify'),
      };
    case 'reset':
      return {
        subject: t('subjectReset'),
        heading: openName ? t('headingReset', { name: openName }) : t('headingResetNameless'),
        paragraphs: [t('bodyReset')],
        action: { label: t('buttonReset'), url },
        why: t('whyReset'),
      };
    case 'change':
      return {
        subject: t('subjectChange'),
        heading: openName ? t('headingChange', { name: openName }) : t('headingChangeNameless'),
        paragraphs: [t('bodyChange')],
        action: { label: t('buttonChange'), url },
        why: t('whyChange'),
      };
    case 'occupied':
      return {
        subject: t('subjectOccupied'),
        heading: t('headingOccupied', { name }),
        paragraphs: [t('bodyOccupied', { name })],
        action: { label: t('buttonOccupied'), url },
        why: t('whyOccupied'),
      };
    case 'login':
      return {
        subject: t('subjectLogin'),
        heading: openName ? t('headingLogin', { name: openName }) : t('headingLoginNameless'),
        paragraphs: [t('bodyLogin'), t('bodyLoginNotYou')],
        action: { label: t('buttonLogin'), url },
        why: openName ? t('whyAccount', { name: openName }) : t('whyLogin'),
      };
    case 'changing':
    case 'changed':
      return getAddressWords(mail);
    case 'device':
      return getDeviceWords(mail);
  }
}

/** To the address in use: a change of it was asked for, or has been made. */
function getAddressWords(mail: MailOf<'changing' | 'changed'>): Words {
  const t = getTranslator(mail.locale, 'email');
  const name = cleanLine(mail.username, 40);
  const address = maskAddress(mail.newAddress);
  const isDone = mail.kind === 'changed';
  return {
    subject: t(isDone ? 'subjectChanged' : 'subjectChanging'),
    heading: isDone ? t('headingChanged', { name }) : t('headingChanging', { name }),
    paragraphs: [isDone ? t('bodyChanged', { address }) : t('bodyChanging', { address }), t('bodyNotYou')],
    action: { label: t('buttonSecure'), url: mail.url },
    why: t('whyAccount', { name }),
  };
}

function getDeviceWords(mail: MailOf<'device'>): Words {
  const t = getTranslator(mail.locale, 'email');
  const name = cleanLine(mail.username, 40);
  const zone = mail.timeZone ?? 'UTC';
  const at = new Intl.DateTimeFormat(mail.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  }).format(mail.at);
  const facts = [
    t('deviceName', { device: mail.device ?? t('deviceUnknown') }),
    t('deviceTime', { at, zone }),
    ...(mail.ip ? [t('deviceIp', { ip: mail.ip })] : []),
  ];
  return {
    subject: t('subjectDevice'),
    heading: t('headingDevice', { name }),
    paragraphs: [facts.join('\n'), t('bodyDevice')],
    action: { label: t('buttonDevice'), url: mail.url },
    why: t('whyAccount', { name }),
  };
}

/** Renders a mail about the account in its owner's language. */
export async function renderAccountMail(mail: AccountMail & { mailId: string }): Promise<RenderedMail> {
  const { renderNotice } = await import('../templates/index.ts');
  const { subject, ...words } = getWords(mail);
  const parts = renderNotice({ locale: mail.locale, ...words });
  return { ...parts, subject, headers: commonHeaders(mail.mailId) };
}

/** Why a reply by e-mail was not taken; keys of the catalogue. */
export type RefusalReason = 'sender' | 'empty' | 'blocked' | 'tooLong' | 'tooMany' | 'damaged';

/** An answer to a reply; it threads with that reply. */
type Answer = {
  mailId: string;
  locale: Locale;
  /** The reply's own Message-ID, if it had one. */
  inReplyTo: string | undefined;
};

/** Renders the polite answer to a reply that was not taken. */
export function renderRefusalMail(
  input: Answer & {
    reason: RefusalReason;
    /** How the refused text began, so that its writer recognises it. */
    excerpt: string;
  },
): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const excerpt = cleanLine(input.excerpt, 120);
  return renderAnswer(input, t('subjectRefusal'), {
    heading: t('headingRefusal'),
    paragraphs: [t(`refusals.${input.reason}`), ...(excerpt ? [t('refusalExcerpt', { excerpt })] : [])],
    why: t('whyRefusal'),
  });
}

/** Renders the note that a reply was passed on, but not its files, or not lines that seemed to be quoted. */
export function renderDroppedMail(
  input: Answer & { files: string[]; doubtful: string[] },
): Promise<RenderedMail> {
  const t = getTranslator(input.locale, 'email');
  const { files, doubtful } = input;
  const subject = t(files.length > 0 ? 'subjectDropped' : 'subjectLeftOut');
  const lines = doubtful.slice(0, LEFT_OUT_LINES).map((line) => `> ${cleanLine(line, LEFT_OUT_LENGTH)}`);
  return renderAnswer(input, subject, {
    heading: subject,
    paragraphs: [
      ...(files.length > 0 ? [t('bodyDropped'), cleanLine(files.join(', '), FILE_NAMES_LIMIT)] : []),
      ...(lines.length > 0 ? [t('bodyLeftOut'), lines.join('\n')] : []),
    ],
    why: t(lines.length > 0 ? 'whyLeftOut' : 'whyDropped'),
  });
}

/** Characters of file names that a note lists; lines that it shows, and characters of each. */
const FILE_NAMES_LIMIT = 400;
const LEFT_OUT_LINES = 200;
const LEFT_OUT_LENGTH = 500;

async function renderAnswer(
  { mailId, locale, inReplyTo }: Answer,
  subject: string,
  words: Omit<NoticeProps, 'locale'>,
): Promise<RenderedMail> {
  const { renderNotice } = await import('../templates/index.ts');
  const parts = renderNotice({ locale, ...words });
  const thread = inReplyTo && /^<[\x21-\x7e]{3,250}>$/.test(inReplyTo) ? inReplyTo : undefined;
  return {
    ...parts,
    subject,
    headers: {
      ...commonHeaders(mailId),
      'Auto-Submitted': 'auto-replied',
      ...(thread && { 'In-Reply-To': thread, References: thread }),
    },
  };
}
