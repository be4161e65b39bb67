import { getDb } from '#db/client.ts';
import { skipUnmailed } from '#db/queries/mail-owed.ts';
import { revokeSessionRows } from '#db/queries/sessions.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { selectAccountByKey, updateEmailVerified, updatePasswordHash } from '#db/queries/users.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { releaseHeldMail } from '#lib/email/release-held.ts';
import { getAppUrl } from '#lib/env.ts';
import { getRealtime } from '#lib/realtime/port.ts';
import { foldEmail } from '#lib/text/fold.ts';
import { isCommonPassword } from './common-passwords.ts';
import { parseForm } from './form-schema.ts';
import type { FieldErrors } from './form-state.ts';
import { hashPassword } from './passwords.ts';
import { isLikeName, resetPasswordSchema } from './schemas.ts';
import { hashToken, issueToken } from './tokens.ts';

/** Mails a reset link when the address is someone's. Run it after the answer: its time tells too. */
export async function sendResetMail(email: string): Promise<void> {
  const account = await selectAccountByKey({ emailKey: foldEmail(email) });
  if (!account) return;
  const token = await issueToken('reset', account.id, account.email);
  await queueAccountMail({
    kind: 'reset',
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

export type ResetResult = { ok: true } | { ok: false; errors?: FieldErrors };

/**
 * Sets a new password by a mailed link. Uses the link and every other reset link up and ends all
 * sessions with their open sockets. Without `errors` in a refusal the link is what is wrong.
 */
export async function resetPassword(input: unknown): Promise<ResetResult> {
  const parsed = parseForm(resetPasswordSchema, input);
  if (!parsed.ok) return parsed;
  const { token, password } = parsed.data;
  const hash = hashToken(token);
  const row = await selectToken(hash, 'reset');
  if (!row?.isUsable) return { ok: false };
  if (isLikeName(password, row.username, row.email)) {
    return { ok: false, errors: { password: 'passwordLikeName' } };
  }
  if (await isCommonPassword(password)) return { ok: false, errors: { password: 'passwordCommon' } };

  const passwordHash = await hashPassword(password);
  const ended = await getDb().transaction(async (tx) => {
    const used = await consumeToken(hash, 'reset', tx);
    if (!used) return null;
    await updatePasswordHash(used.userId, passwordHash, tx);
    // Who opened the link reads mail at this address.
    const isNews = await updateEmailVerified(used.userId, used.email, tx);
    if (isNews) await skipUnmailed(tx, used.userId, { upTo: 'read' });
    await voidTokens(used.userId, 'reset', tx);
    await voidTokens(used.userId, 'change', tx);
    return revokeSessionRows(used.userId, undefined, tx);
  });
  if (ended === null) return { ok: false };
  if (ended.length > 0) getRealtime().endSessions(ended);
  await releaseHeldMail(row.userId);
  return { ok: true };
}
