import { selectAccountByKey } from '#db/queries/users.ts';
import { consumeLimits, refundLimit, resetLimit } from '#lib/rate-limit.ts';
import { foldUsername } from '#lib/text/fold.ts';
import { parseForm } from './form-schema.ts';
import { loginSchema } from './login-schema.ts';
import { verifyPassword } from './passwords.ts';
import type { RequestOrigin } from './request-origin.ts';
import { createSessionForHash } from './sessions.ts';
import { tellNewDevice } from './tell-new-device.ts';

export type LoginResult =
  | { ok: true; userId: string; username: string; sessionId: string }
  | { ok: false; retryAfterMs?: number };

/**
 * Checks a username or e-mail address with a password and starts a session. Every wrong try counts
 * against the account at this address and against the address; the answer and its time do not tell
 * whether the account exists.
 */
export async function checkLogin(input: unknown, origin: RequestOrigin): Promise<LoginResult> {
  const parsed = parseForm(loginSchema, input);
  if (!parsed.ok) return { ok: false };
  const { identifier, password } = parsed.data;
  // Folded first: a wide keyboard types the sign wide too, and no username may hold it.
  const key = foldUsername(identifier);
  const isAddress = key.includes('@');

  // Points are taken before the check and given back after a right one, so that tries sent all at
  // once cannot slip past the count.
  const accountKey = `${origin.ipKey} ${key}`;
  const limit = await consumeLimits([
    ['loginIp', origin.ipKey],
    ['login', accountKey],
  ]);
  if (!limit.ok) return { ok: false, retryAfterMs: limit.retryAfterMs };

  const account = await selectAccountByKey(isAddress ? { emailKey: key } : { usernameKey: key });
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) return { ok: false };
  const sessionId = await createSessionForHash(account.id, origin, account.passwordHash);
  if (sessionId === null) return { ok: false };
  void tellNewDevice(account, sessionId, origin);
  await Promise.all([refundLimit('loginIp', origin.ipKey), resetLimit('login', accountKey)]);
  return { ok: true, userId: account.id, username: account.username, sessionId };
}
