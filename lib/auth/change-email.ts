import { getDb, type Tx } from '#db/client.ts';
import { skipUnmailed } from '#db/queries/mail-owed.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { selectAccount, selectTakenKeys, updateEmail } from '#db/queries/users.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { isHolding } from '#lib/email/policy.ts';
import { releaseHeldMail } from '#lib/email/release-held.ts';
import { warmTemplates } from '#lib/email/render.ts';
import { getAppUrl } from '#lib/env.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import { foldEmail } from '#lib/text/fold.ts';
import { parseForm } from './form-schema.ts';
import type { FormState } from './form-state.ts';
import { verifyPassword } from './passwords.ts';
import { changeEmailSchema } from './schemas.ts';
import { hashToken, issueToken } from './tokens.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Begins the change of a person's address, given their password: a link goes to the new address, and
 * word of it to the present one. Nothing changes until that link is used.
 */
export async function requestEmailChange(person: { userId: string }, input: unknown): Promise<FormState> {
  const parsed = parseForm(changeEmailSchema, input);
  if (!parsed.ok) return { errors: parsed.errors };
  const { email, currentPassword } = parsed.data;
  const account = await selectAccount(person.userId);
  if (!account) return { errors: { currentPassword: 'currentPasswordWrong' } };
  if (email === account.email) return { errors: { email: 'emailSame' } };

  for (const name of ['passwordChange', 'emailChange'] as const) {
    const limit = await consumeLimit(name, person.userId);
    if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  }
  if (!(await verifyPassword(account.passwordHash, currentPassword))) {
    return { errors: { currentPassword: 'currentPasswordWrong' } };
  }
  const emailKey = foldEmail(email);
  // Another spelling of one's own address is no one else's.
  const isOwn = emailKey === foldEmail(account.email);
  if (!isOwn && (await selectTakenKeys('', emailKey)).isEmailTaken)
    return { errors: { email: 'emailTaken' } };

  await warmTemplates();
  await getDb().transaction(async (tx) => {
    await voidTokens(account.id, 'change', tx);
    const token = await issueToken('change', account.id, email, tx);
    const { id: userId, username, locale } = account;
    const url = `${getAppUrl()}/verify-email?change=${token}`;
    await queueAccountMail({ kind: 'change', userId, address: email, locale, username, url }, tx);
    await tellAddressInUse('changing', account, email, tx);
  });
  return { isDone: true };
}

/** How a link that changes an address stands, without using it: `done` when the address is in use. */
export async function readChangeState(token: string): Promise<'usable' | 'done' | 'unusable'> {
  const row = await selectToken(hashToken(token), 'change');
  if (row?.isUsable) return 'usable';
  return row?.isCurrentAddress ? 'done' : 'unusable';
}

/** Gives a person the address that a link was sent to, and tells the old one. Twice is as good as once. */
export async function confirmEmailChange(token: string): Promise<'done' | 'usable' | 'unusable'> {
  await warmTemplates();
  const changed = await applyChange(token).catch((error) => {
    // Two people who confirm one address in the same moment: the second is too late.
    if (readPostgresCode(error) === UNIQUE_VIOLATION) return undefined;
    throw error;
  });
  if (!changed) return readChangeState(token);
  await releaseHeldMail(changed.userId);
  return 'done';
}

function applyChange(token: string) {
  return getDb().transaction(async (tx) => {
    const used = await consumeToken(hashToken(token), 'change', tx);
    const before = used && (await selectAccount(used.userId, tx));
    if (!used || !before) return undefined;
    const { userId, email } = used;
    if (!(await updateEmail(userId, { email, emailKey: foldEmail(email) }, tx))) return undefined;
    for (const purpose of ['change', 'reset', 'verify'] as const) await voidTokens(userId, purpose, tx);
    // What was not mailed yet, also what was held for a mistyped address, goes to this one, if unread.
    await skipUnmailed(tx, userId, { upTo: 'read' });
    // An address that was never confirmed may be a stranger's: it is told nothing, where mail leaves at all.
    if (!isHolding() || before.emailVerifiedAt) await tellAddressInUse('changed', before, email, tx);
    return { userId };
  });
}

/** The query builder wraps what the database says. */
function readPostgresCode(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return cause?.code ?? code;
}

type Account = NonNullable<Awaited<ReturnType<typeof selectAccount>>>;

/** Tells the address in use of its change, in the transaction of that change: it is never without the other. */
async function tellAddressInUse(
  kind: 'changing' | 'changed',
  { id: userId, username, locale, email: address }: Account,
  newAddress: string,
  tx: Tx,
): Promise<void> {
  const url = `${getAppUrl()}/settings`;
  await queueAccountMail({ kind, userId, address, locale, username, newAddress, url }, tx);
}
