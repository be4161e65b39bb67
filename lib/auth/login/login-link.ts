import { setTimeout as sleep } from 'node:timers/promises';
import { getDb } from '#db/client.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { selectAccount } from '#db/queries/users.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { getAccountMailer } from '../accounts/account-mailer.ts';
import { toMailTarget } from '../accounts/mail-target.ts';
import { logSecurity } from '../log-security.ts';
import type { RequestOrigin } from '../sessions/request-origin.ts';
import { createSession } from '../sessions/sessions.ts';
import { hashToken, issueToken } from '../tokens.ts';
import type { LoginOutcome } from './login-outcome.ts';
import { tellNewDevice } from './tell-new-device.ts';

type Account = NonNullable<Awaited<ReturnType<typeof selectAccount>>>;

/** The mail is written after the answer, whose time would else tell that the password was right (ms). */
const MAIL_DELAY = 1_000;

/**
 * Mails a person a link that logs in, after their password was typed while others were guessing it. Returns
 * at once and never throws.
 */
export function mailLoginLink(account: Account): void {
  void sleep(MAIL_DELAY, undefined, { ref: false })
    .then(() => sendLoginLink(account))
    .catch((error) => getLog().error({ err: error, userId: account.id }, 'could not queue a login link'));
}

async function sendLoginLink(account: Account): Promise<void> {
  const { id: userId, username, email: address, locale } = account;
  const isProven = account.emailVerifiedAt !== null;
  if (!(await consumeLimit('loginLink', userId)).ok) return;
  // An address that nobody confirmed may be a stranger's, and gets few mails whoever asks for them.
  if (!isProven && !(await consumeLimit('mailTarget', toMailTarget(address))).ok) return;
  const token = await issueToken('login', userId, address);
  const url = `${getAppUrl()}/confirm-login?token=${token}`;
  await getAccountMailer().queue({ kind: 'login', isProven, userId, address, locale, username, url });
}

/** True while a login link can still be used; looking does not use it. */
export async function isLoginLinkUsable(token: string): Promise<boolean> {
  return (await selectToken(hashToken(token), 'login'))?.isUsable ?? false;
}

/** Starts a session by a mailed link, which is used up with all others of its person; refused when it is not usable. */
export async function logInByLink(token: string, origin: RequestOrigin): Promise<LoginOutcome> {
  const account = await getDb().transaction(async (tx) => {
    const used = await consumeToken(hashToken(token), 'login', tx);
    if (!used) return undefined;
    await voidTokens(used.userId, 'login', tx);
    return selectAccount(used.userId, tx);
  });
  // A link is nothing to who is shut out; one who is from now on gets no session by it either.
  const sessionId = account ? await createSession(account.id, origin) : null;
  const isIn = account !== undefined && sessionId !== null;
  logSecurity('login:link', isIn ? 'ok' : 'failed', { userId: account?.id, origin });
  if (!isIn) return { kind: 'refused' };
  void tellNewDevice(account, sessionId, origin);
  return { kind: 'ok', userId: account.id, username: account.username, sessionId };
}
