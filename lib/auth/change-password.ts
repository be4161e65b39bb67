import { getDb } from '#db/client.ts';
import { revokeSessionRows } from '#db/queries/sessions.ts';
import { voidTokens } from '#db/queries/tokens.ts';
import { selectAccount, updatePasswordHash } from '#db/queries/users.ts';
import { consumeLimit, resetLimit } from '#lib/rate-limit.ts';
import { getRealtime } from '#lib/realtime/port.ts';
import { isCommonPassword } from './common-passwords.ts';
import { parseForm } from './form-schema.ts';
import type { FormState } from './form-state.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { changePasswordSchema, isLikeName } from './schemas.ts';

/** Changes a person's password, given the current one, and ends their other sessions, reset links and changes of address. */
export async function changePassword(
  person: { userId: string; sessionId: string },
  input: unknown,
): Promise<FormState> {
  const parsed = parseForm(changePasswordSchema, input);
  if (!parsed.ok) return { errors: parsed.errors };
  const { currentPassword, password } = parsed.data;
  const account = await selectAccount(person.userId);
  if (!account) return { errors: { currentPassword: 'currentPasswordWrong' } };
  if (isLikeName(password, account.username, account.email)) {
    return { errors: { password: 'passwordLikeName' } };
  }
  if (await isCommonPassword(password)) return { errors: { password: 'passwordCommon' } };

  const limit = await consumeLimit('passwordChange', person.userId);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  if (!(await verifyPassword(account.passwordHash, currentPassword))) {
    return { errors: { currentPassword: 'currentPasswordWrong' } };
  }
  const passwordHash = await hashPassword(password);
  const ended = await getDb().transaction(async (tx) => {
    await updatePasswordHash(person.userId, passwordHash, tx);
    await voidTokens(person.userId, 'reset', tx);
    await voidTokens(person.userId, 'change', tx);
    return revokeSessionRows(person.userId, person.sessionId, tx);
  });
  if (ended.length > 0) getRealtime().endSessions(ended);
  await resetLimit('passwordChange', person.userId);
  return { isDone: true };
}
