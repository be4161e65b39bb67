import { getDb } from '#db/client.ts';
import { revokeSessionRows } from '#db/queries/sessions.ts';
import { voidTokens } from '#db/queries/tokens.ts';
import { selectAccount, updatePasswordHash } from '#db/queries/users.ts';
import { consumeLimit, resetLimit } from '#lib/runtime/rate-limit.ts';
import { err, ok, type Result } from '#lib/runtime/result.ts';
import { tellSessionsEnded } from '../events.ts';
import { type FormFault, refuseFields } from '../forms/form-state.ts';
import { isLikeName } from '../forms/schemas.ts';
import { type Client, logSecurity } from '../log-security.ts';
import { isCommonPassword } from '../passwords/common-passwords.ts';
import { hashPassword, verifyPassword } from '../passwords/passwords.ts';

/** Changes a person's password, given the current one, and ends their other sessions, reset links and changes of address. */
export async function changePassword(
  person: { userId: string; sessionId: string },
  { currentPassword, password }: { currentPassword: string; password: string },
  origin?: Client,
): Promise<Result<undefined, FormFault>> {
  const account = await selectAccount(person.userId);
  if (!account) return refuseFields({ currentPassword: 'currentPasswordWrong' });
  if (isLikeName(password, account.username, account.email)) {
    return refuseFields({ password: 'passwordLikeName' });
  }
  if (await isCommonPassword(password, [account.username, account.email]))
    return refuseFields({ password: 'passwordCommon' });

  const limit = await consumeLimit('passwordChange', person.userId);
  if (!limit.ok) {
    logSecurity('password:change', 'limited', { userId: person.userId, origin });
    return err({ code: 'rate_limited', retryAfterMs: limit.retryAfterMs });
  }
  if (!(await verifyPassword(account.passwordHash, currentPassword))) {
    logSecurity('password:change', 'failed', { userId: person.userId, origin });
    return refuseFields({ currentPassword: 'currentPasswordWrong' });
  }
  const passwordHash = await hashPassword(password);
  const ended = await getDb().transaction(async (tx) => {
    await updatePasswordHash(person.userId, passwordHash, tx);
    for (const purpose of ['reset', 'change', 'login'] as const) await voidTokens(person.userId, purpose, tx);
    return revokeSessionRows(person.userId, 'password', person.sessionId, tx);
  });
  tellSessionsEnded(ended);
  logSecurity('password:change', 'ok', { userId: person.userId, origin });
  await resetLimit('passwordChange', person.userId);
  return ok(undefined);
}
