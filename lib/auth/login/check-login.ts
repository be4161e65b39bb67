import { NIL } from 'uuid';
import { isKnownDevice } from '#db/queries/sessions.ts';
import { selectAccountByKey } from '#db/queries/users.ts';
import {
  consumeLimit,
  consumeLimits,
  type LimitName,
  refundLimit,
  resetLimit,
} from '#lib/runtime/rate-limit.ts';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import { isShutOut } from '../accounts/person-state.ts';
import { parseForm } from '../forms/form-schema.ts';
import { loginSchema } from '../forms/login-schema.ts';
import { logSecurity } from '../log-security.ts';
import { verifyPassword } from '../passwords/passwords.ts';
import type { RequestOrigin } from '../sessions/request-origin.ts';
import { createSession } from '../sessions/sessions.ts';
import { mailLoginLink } from './login-link.ts';
import type { LoginOutcome } from './login-outcome.ts';
import { tellNewDevice } from './tell-new-device.ts';

/** The account that is named by username or by address, in any spelling. */
function findAccount(identifier: string) {
  // Folded first: a wide keyboard types the sign wide too, and no username may hold it.
  const key = foldUsername(identifier);
  return selectAccountByKey(key.includes('@') ? { emailKey: foldEmail(identifier) } : { usernameKey: key });
}

type Count = [name: LimitName, key: string];

/**
 * What a try counts against. A browser that the account knows has a count of its own, so that nobody who
 * guesses, from wherever, keeps the owner out.
 */
function listCounts(who: string, origin: RequestOrigin, isKnown: boolean): Count[] {
  if (isKnown) return [['login', `${who} on ${origin.deviceId}`]];
  return [
    ['loginIp', origin.ipKey],
    ['login', `${origin.ipKey} ${who}`],
  ];
}

/**
 * Checks a username or e-mail address with a password and starts a session. Every wrong try counts
 * against the account at this address, against the address, and against the account wherever it comes
 * from; past that last one a browser that the account does not know needs a link that is mailed to its
 * owner. The answer and its time do not tell whether the account exists, nor whether it is shut out.
 */
export async function checkLogin(input: unknown, origin: RequestOrigin): Promise<LoginOutcome> {
  const parsed = parseForm(loginSchema, input);
  if (!parsed.ok) return { kind: 'refused' };
  const { identifier, password } = parsed.data;
  const account = await findAccount(identifier);
  const { deviceId } = origin;
  const isKnown = deviceId !== null && (await isKnownDevice(account?.id ?? NIL, deviceId));
  // One count whichever of the account's names is typed; what is nobody's counts by itself.
  const who = account?.id ?? `nobody ${foldUsername(identifier)}`;
  const event = { userId: account?.id, origin };

  // Points are taken before the check and given back after a right one, so that tries sent all at
  // once cannot slip past the count.
  const counts = listCounts(who, origin, isKnown);
  const limit = await consumeLimits(counts);
  if (!limit.ok) {
    logSecurity('login', 'limited', event);
    return { kind: 'refused', retryAfterMs: limit.retryAfterMs };
  }
  const ceiling = isKnown ? limit : await consumeLimit('loginAccount', who);
  const isRight = await verifyPassword(account?.passwordHash ?? null, password);
  if (!ceiling.ok) {
    logSecurity('login', 'proof', event);
    if (account?.state === 'active' && isRight) mailLoginLink(account);
    // No point comes back for a right password: that would tell which one is right.
    return { kind: 'challenge', by: 'mail', retryAfterMs: ceiling.retryAfterMs };
  }
  const sessionId =
    account?.passwordHash && isRight ? await createSession(account.id, origin, account.passwordHash) : null;
  if (!account || sessionId === null) {
    logSecurity('login', account && isRight && isShutOut(account.state) ? 'shutOut' : 'failed', event);
    return { kind: 'refused' };
  }
  logSecurity('login', 'ok', event);
  void tellNewDevice(account, sessionId, origin);
  await giveBack(counts, who, isKnown);
  return { kind: 'ok', userId: account.id, username: account.username, sessionId };
}

/** A right password gives back what was taken: all of the account's count here, one point of the wider ones. */
async function giveBack(counts: Count[], who: string, isKnown: boolean): Promise<void> {
  await Promise.all([
    ...counts.map(([name, key]) => (name === 'login' ? resetLimit : refundLimit)(name, key)),
    ...(isKnown ? [] : [refundLimit('loginAccount', who)]),
  ]);
}
