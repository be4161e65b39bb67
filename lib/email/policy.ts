import type { MailKind } from '#db/queries/mails.ts';
import { getTransportName } from './transports/name.ts';

/** Which new messages reach a person by e-mail. */
export const EMAIL_PREFERENCES = ['every', 'unread', 'daily', 'never'] as const;
export type EmailPreference = (typeof EMAIL_PREFERENCES)[number];

/** With the preference `unread` a message has this long (seconds) to be read before it is mailed. */
export const UNREAD_AFTER_SECONDS = 60;

type Recipient = {
  email: string;
  emailPreference: EmailPreference;
  emailVerifiedAt: Date | null;
  emailStopReason: 'bounced' | 'complained' | null;
};

/**
 * Whether mail to unconfirmed addresses is held. The developer mailbox holds nothing: no stranger
 * gets what it keeps.
 */
export function isHolding(): boolean {
  return getTransportName() !== 'mailbox';
}

/**
 * What becomes of new texts for a recipient: `mail` now, `wait` (for the summary, or until the address
 * is confirmed), or `skip` for good.
 */
export function decideTexts(
  recipient: Recipient,
  member: { blocked: boolean; muted: boolean },
): 'mail' | 'wait' | 'skip' {
  if (member.blocked || member.muted || recipient.emailStopReason) return 'skip';
  if (recipient.emailPreference === 'never') return 'skip';
  if (isHolding() && !recipient.emailVerifiedAt) return 'wait';
  return recipient.emailPreference === 'daily' ? 'wait' : 'mail';
}

/** Mails that go where they were addressed, whatever the account's address is by then. */
const TO_FIXED_ADDRESS = new Set<MailKind>(['change', 'changing', 'changed', 'refusal']);
/** Asked for by the person themselves: they go out whatever the preference, also to an unproven address. */
const ASKED_FOR = new Set<MailKind>(['verify', 'reset', 'change']);
/** These prove an address, so they are what may still go to one that refused a mail. */
const PROVING = new Set<MailKind>(['verify', 'change']);

/**
 * Whether a written mail still goes, by what is true at this moment: address, confirmation, stop,
 * preference, mute, block, and for those who want only what is unread, whether it has been read.
 */
export function mayDeliver(input: {
  mail: { kind: MailKind; address: string };
  recipient: Recipient;
  isSilenced: boolean;
  isRead: boolean;
}): boolean {
  const { mail, recipient, isSilenced, isRead } = input;
  const { kind, address } = mail;
  const isCurrent = address === recipient.email;
  if (!isCurrent) return TO_FIXED_ADDRESS.has(kind);
  if (recipient.emailStopReason === 'bounced' && !PROVING.has(kind)) return false;
  if (recipient.emailStopReason === 'complained' && !ASKED_FOR.has(kind)) return false;
  if (isHolding() && !recipient.emailVerifiedAt && !ASKED_FOR.has(kind)) return false;
  const { emailPreference } = recipient;
  if (kind === 'messages') {
    if (isSilenced || emailPreference === 'never' || emailPreference === 'daily') return false;
    return !(emailPreference === 'unread' && isRead);
  }
  if (kind === 'summary') return !isSilenced && emailPreference === 'daily' && !isRead;
  return true;
}

/**
 * What becomes of the texts of a mail that does not go: written anew at once to the address in use, owed
 * again as if they had never been in a mail, or dropped, as nobody wants them mailed any more.
 */
export type UnsentFate = 'rewrite' | 'oweAgain' | 'drop';

/** That fate for a mail which `mayDeliver` refuses. */
export function decideUnsent(input: Parameters<typeof mayDeliver>[0]): UnsentFate {
  const { mail, recipient, isSilenced, isRead } = input;
  const texts = decideTexts(recipient, { blocked: false, muted: false });
  if (mail.kind === 'summary')
    return recipient.emailPreference !== 'daily' || texts === 'skip' || isRead ? 'drop' : 'oweAgain';
  if (mail.kind !== 'messages' || isSilenced || texts === 'skip') return 'drop';
  if (texts === 'wait') return 'oweAgain';
  return mail.address === recipient.email ? 'drop' : 'rewrite';
}
