import { accountMailerSingleton } from '#lib/auth/accounts/account-mailer.ts';
import { accountMailer } from '#lib/email/account.ts';
import { startNotifications } from '#lib/notifications/start-notifications.ts';

/**
 * Connects the parts of this process that know of each other only here: what stands below says what it needs, or what
 * happened, and what stands above gives it, or hears it. Sockets connect themselves when they are attached.
 */
export function connectParts(): void {
  accountMailerSingleton.set(accountMailer);
  startNotifications();
}
