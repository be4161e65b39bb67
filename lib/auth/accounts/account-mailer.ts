import type { Tx } from '#db/client.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';

/** A mail about the account itself; `url` is where its button leads. */
export type AccountMail = {
  locale: Locale;
  username: string;
  url: string;
} /** `isProven`: the address it goes to is known to be the person's. */ & (
  | { kind: 'verify' | 'change' | 'occupied' }
  | { kind: 'reset' | 'login'; isProven: boolean }
  /** To the address in use: a change of it was asked for, or has been made. */
  | { kind: 'changing' | 'changed'; newAddress: string }
  | { kind: 'device'; device: string | null; ip: string | null; at: Date; timeZone: string | null }
);

/** What accounts need of mail, which stands above them (lib/email/account.ts). */
export type AccountMailer = {
  /** Gets ready what a mail is written with; awaited before a transaction that mails begins. */
  warm(): Promise<unknown>;
  /**
   * Writes a mail about an account and its delivery in one transaction; workers send it. Resolves when that is
   * committed, so a caller whose answer must not tell by its time whether an account exists does not await it.
   *
   * @param tx the caller's own transaction, of which both are then part: what the mail tells of and the mail
   * happen together or not at all.
   * @throws when the database cannot be reached.
   */
  queue(mail: AccountMail & { userId: string; address: string }, tx?: Tx): Promise<void>;
  /**
   * Passes over what was held for a person's address, or because it comes from an unconfirmed one, and has been
   * read meanwhile. Part of the transaction that confirms the address.
   */
  skipHeldAndRead(tx: Tx, userId: string): Promise<void>;
  /** Lets go what waited for a person's address to be confirmed. Never throws. */
  releaseHeld(userId: string): Promise<void>;
};

export const accountMailerSingleton = defineSingleton<AccountMailer>('accountMailer');

/** The process's mailer. @throws where none was set: a mail about an account is never left out without a word. */
export function getAccountMailer(): AccountMailer {
  const mailer = accountMailerSingleton.peek();
  if (!mailer) throw new Error('no mailer is set, see lib/lifecycle/connect-parts.ts');
  return mailer;
}
