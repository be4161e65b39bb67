import { getDb } from '#db/client.ts';
import { revokeSessionRows } from '#db/queries/sessions.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { selectAccountByKey, updateEmailVerified, updatePasswordHash } from '#db/queries/users.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { resetLimit } from '#lib/runtime/rate-limit.ts';
import { err, ok, type Result } from '#lib/runtime/result.ts';
import { foldEmail } from '#lib/text/fold.ts';
import { tellSessionsEnded } from '../events.ts';
import { type InvalidFields, refuseFields } from '../forms/form-state.ts';
import { isLikeName } from '../forms/schemas.ts';
import { type Client, logSecurity } from '../log-security.ts';
import { isCommonPassword } from '../passwords/common-passwords.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { hashToken, issueToken } from '../tokens.ts';
import { getAccountMailer } from './account-mailer.ts';

/** Mails a reset link when the address is that of an account. Run it after the answer: its time tells too. */
export async function sendResetMail(email: string, origin?: Client): Promise<void> {
  const account = await selectAccountByKey({ emailKey: foldEmail(email) });
  // Guests have no password to reset, and who is shut out gets no mail.
  const mayReset = account?.state === 'active';
  logSecurity('reset:ask', mayReset ? 'ok' : 'failed', { userId: account?.id, origin });
  if (!mayReset) return;
  const token = await issueToken('reset', account.id, account.email);
  await getAccountMailer().queue({
    kind: 'reset',
    isProven: account.emailVerifiedAt !== null,
    userId: account.id,
    address: account.email,
    locale: account.locale,
    username: account.username,
    url: `${getAppUrl()}/reset-password?token=${token}`,
  });
}

/** True while a reset link can still be used; looking does not use it. */
export async function isResetUsable(token: string): Promise<boolean> {
  return (await selectToken(hashToken(token), 'reset'))?.isUsable ?? false;
}

/**
 * Sets a new password by a mailed link, and forgets how often the old one was guessed. Uses the link and every other reset link up and ends all
 * sessions with their open sockets. `unusable` is the link.
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  origin?: Client,
): Promise<Result<undefined, InvalidFields | { code: 'unusable' }>> {
  const hash = hashToken(token);
  const row = await selectToken(hash, 'reset');
  if (!row?.isUsable) {
    logSecurity('reset', 'failed', { userId: row?.userId, origin });
    return err({ code: 'unusable' });
  }
  if (isLikeName(password, row.username, row.email)) {
    return refuseFields({ password: 'passwordLikeName' });
  }
  if (await isCommonPassword(password, [row.username, row.email]))
    return refuseFields({ password: 'passwordCommon' });

  const passwordHash = await hashPassword(password);
  const ended = await getDb().transaction(async (tx) => {
    const used = await consumeToken(hash, 'reset', tx);
    if (!used) return null;
    await updatePasswordHash(used.userId, passwordHash, tx);
    // Who opened the link reads mail at this address.
    const isNews = await updateEmailVerified(used.userId, used.email, tx);
    if (isNews) await getAccountMailer().skipHeldAndRead(tx, used.userId);
    for (const purpose of ['reset', 'change', 'login'] as const) await voidTokens(used.userId, purpose, tx);
    return revokeSessionRows(used.userId, 'password', undefined, tx);
  });
  logSecurity('reset', ended === null ? 'failed' : 'ok', { userId: row.userId, origin });
  if (ended === null) return err({ code: 'unusable' });
  tellSessionsEnded(ended);
  await Promise.all([
    resetLimit('loginAccount', row.userId),
    ...(origin ? [resetLimit('login', `${origin.ipKey} ${row.userId}`)] : []),
    getAccountMailer().releaseHeld(row.userId),
  ]);
  return ok(undefined);
}
