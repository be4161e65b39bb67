import type { MailKind } from '#db/queries/mails.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import { isShutOut, type PersonState } from '#lib/auth/accounts/person-state.ts';
import type { EmailPreference } from '../preferences/choices.ts';

/** With the preference `unread` a message has this long (seconds) to be read before it is mailed. */
export const UNREAD_AFTER_SECONDS = 60;

type Recipient = {
  state: PersonState;
  email: string;
  emailPreference: EmailPreference;
  emailVerifiedAt: Date | null;
  emailStopReason: 'bounced' | 'complained' | null;
};

/**
 * What becomes of new texts for a recipient: `mail` now, `wait` (for the summary, or until an address
 * is confirmed), or `skip` for good. An account whose address nobody confirmed costs nothing to make, so
 * what it writes is mailed only to whoever has written to it.
 */
export function decideTexts(
  recipient: Recipient,
  member: { blocked: boolean; muted: boolean; hasAnswered: boolean },
  sender: { emailVerifiedAt: Date | null },
): 'mail' | 'wait' | 'skip' {
  if (isShutOut(recipient.state)) return 'skip';
  if (member.blocked || member.muted || recipient.emailStopReason) return 'skip';
  if (recipient.emailPreference === 'never') return 'skip';
  if (isHolding() && !recipient.emailVerifiedAt) return 'wait';
  if (isHolding() && !sender.emailVerifiedAt && !member.hasAnswered) return 'wait';
  return recipient.emailPreference === 'daily' ? 'wait' : 'mail';
}

/** Mails that go where they were addressed, whatever the account's address is by then. */
const TO_FIXED_ADDRESS = new Set<MailKind>(['change', 'changing', 'changed', 'occupied', 'refusal']);
/** Asked for by the person themselves: they go out whatever the preference, also to an unproven address. */
const ASKED_FOR = new Set<MailKind>(['verify', 'reset', 'change', 'occupied', 'login']);
/** These prove an address, so they are what may still go to one that refused a mail. */
const PROVING = new Set<MailKind>(['verify', 'change']);

/**
 * Whether a written mail still goes, by what is true at this moment: address, confirmation, stop,
 * preference, mute, block, and for those who want only what is unread, whether it has been read.
 */
function mayDeliver(input: {
  mail: { kind: MailKind; address: string };
  recipient: Recipient;
  isSilenced: boolean;
  isRead: boolean;
}): boolean {
  const { mail, recipient, isSilenced, isRead } = input;
  const { kind, address } = mail;
  if (isShutOut(recipient.state)) return false;
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

type Judged = Parameters<typeof mayDeliver>[0];

/** That fate for a written mail which does not go as it is; undefined when it goes. */
export function decideFate(input: Judged & { isOutdated: boolean }): UnsentFate | undefined {
  if (!mayDeliver(input)) return decideUnsent(input);
  if (!input.isOutdated) return undefined;
  return input.mail.kind === 'messages' ? 'rewrite' : 'oweAgain';
}

function decideUnsent(input: Judged): UnsentFate {
  const { mail, recipient, isSilenced, isRead } = input;
  const member = { blocked: false, muted: false, hasAnswered: true };
  const texts = decideTexts(recipient, member, { emailVerifiedAt: null });
  if (mail.kind === 'summary')
    return recipient.emailPreference !== 'daily' || texts === 'skip' || isRead ? 'drop' : 'oweAgain';
  if (mail.kind !== 'messages' || isSilenced || texts === 'skip') return 'drop';
  if (texts === 'wait') return 'oweAgain';
  return mail.address === recipient.email ? 'drop' : 'rewrite';
}

/** Why a written mail is dropped, for an operator who wants it sent again; undefined when it is not. */
export function explainDrop(input: Judged & { isOutdated: boolean }): string | undefined {
  if (decideFate(input) !== 'drop') return undefined;
  const { mail, recipient, isSilenced, isRead } = input;
  const { emailStopReason, emailPreference, email } = recipient;
  if (isShutOut(recipient.state)) return `the account of ${email} is ${recipient.state}`;
  if (mail.address !== email) return `${mail.address} is no longer the address of its account`;
  if (emailStopReason === 'bounced') {
    return `${email} refused a mail for good; its owner can try it again, or change it, in the settings`;
  }
  if (emailStopReason === 'complained')
    return `${email} called a mail spam; its owner can want them again in the settings`;
  if (isHolding() && !recipient.emailVerifiedAt) return `${email} is not confirmed`;
  if (isSilenced) return 'its conversation is muted or blocked';
  if (isRead) return 'it has been read meanwhile';
  return `its reader has chosen other mails (${emailPreference})`;
}
