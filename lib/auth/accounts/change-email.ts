import { getDb, type Tx } from '#db/client.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { selectAccount, selectAccountByKey, updateEmail } from '#db/queries/users.ts';
import { UNIQUE_VIOLATION } from '#db/query-error.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { err, ok, type Result } from '#lib/runtime/result.ts';
import { foldEmail } from '#lib/text/fold.ts';
import { type FormFault, refuseFields } from '../forms/form-state.ts';
import { type Client, logSecurity } from '../log-security.ts';
import { verifyPassword } from '../passwords/passwords.ts';
import { hashToken, issueToken } from '../tokens.ts';
import { getAccountMailer } from './account-mailer.ts';
import { isHolding } from './is-holding.ts';
import { toMailTarget } from './mail-target.ts';

/**
 * Begins the change of a person's address, given their password: a link goes to the new address, and
 * word of it to the present one. Nothing changes until that link is used. Where the new address is
 * somebody's already, that person is told instead, and the answer is the same: nobody learns who has an
 * account.
 */
export async function requestEmailChange(
  person: { userId: string },
  { email, currentPassword }: { email: string; currentPassword: string },
  origin?: Client,
): Promise<Result<undefined, FormFault>> {
  const account = await selectAccount(person.userId);
  if (!account) return refuseFields({ currentPassword: 'currentPasswordWrong' });
  if (email === account.email) return refuseFields({ email: 'emailSame' });

  const event = { userId: account.id, origin };
  for (const name of ['passwordChange', 'emailChange'] as const) {
    const limit = await consumeLimit(name, person.userId);
    if (!limit.ok) {
      logSecurity('email:ask', 'limited', event);
      return err({ code: 'rate_limited', retryAfterMs: limit.retryAfterMs });
    }
  }
  if (!(await verifyPassword(account.passwordHash, currentPassword))) {
    logSecurity('email:ask', 'failed', event);
    return refuseFields({ currentPassword: 'currentPasswordWrong' });
  }
  const limit = await consumeLimit('mailTarget', toMailTarget(email));
  if (!limit.ok) {
    logSecurity('email:ask', 'limited', event);
    return err({ code: 'rate_limited', retryAfterMs: limit.retryAfterMs });
  }
  const holder = await selectAccountByKey({ emailKey: foldEmail(email) });
  await getAccountMailer().warm();
  await getDb().transaction(async (tx) => {
    await voidTokens(account.id, 'change', tx);
    // Another spelling of one's own address is no one else's.
    if (!holder || holder.id === account.id) await mailChangeLink(account, email, tx);
    else await tellHolder(holder, tx);
    await tellAddressInUse('changing', account, email, tx);
  });
  logSecurity('email:ask', 'ok', event);
  return ok(undefined);
}

async function mailChangeLink(account: Account, address: string, tx: Tx): Promise<void> {
  const { id: userId, username, locale } = account;
  const token = await issueToken('change', userId, address, tx);
  const url = `${getAppUrl()}/verify-email?change=${token}`;
  await getAccountMailer().queue({ kind: 'change', userId, address, locale, username, url }, tx);
}

/** Tells whose address it is that somebody wanted it; not who, which is none of their business either. */
async function tellHolder({ id: userId, username, locale, email: address }: Account, tx: Tx): Promise<void> {
  const url = `${getAppUrl()}/login`;
  await getAccountMailer().queue({ kind: 'occupied', userId, address, locale, username, url }, tx);
}

/** How a link that changes an address stands, without using it: `done` when the address is in use. */
export async function readChangeState(token: string): Promise<'usable' | 'done' | 'unusable'> {
  const row = await selectToken(hashToken(token), 'change');
  if (row?.isUsable) return 'usable';
  return row?.isCurrentAddress ? 'done' : 'unusable';
}

/** Gives a person the address that a link was sent to, and tells the old one. Twice is as good as once. */
export async function confirmEmailChange(
  token: string,
  origin?: Client,
): Promise<'done' | 'usable' | 'unusable'> {
  await getAccountMailer().warm();
  const changed = await applyChange(token).catch((error) => {
    // Two people who confirm one address in the same moment: the second is too late.
    if (readPostgresCode(error) === UNIQUE_VIOLATION) return undefined;
    throw error;
  });
  logSecurity('email:change', changed ? 'ok' : 'failed', { userId: changed?.userId, origin });
  if (!changed) return readChangeState(token);
  await getAccountMailer().releaseHeld(changed.userId);
  return 'done';
}

function applyChange(token: string) {
  return getDb().transaction(async (tx) => {
    const used = await consumeToken(hashToken(token), 'change', tx);
    const before = used && (await selectAccount(used.userId, tx));
    if (!used || !before) return undefined;
    const { userId, email } = used;
    if (!(await updateEmail(userId, { email, emailKey: foldEmail(email) }, tx))) return undefined;
    for (const purpose of ['change', 'reset', 'verify', 'login'] as const)
      await voidTokens(userId, purpose, tx);
    // What was not mailed yet, also what was held for a mistyped address, goes to this one, if unread.
    await getAccountMailer().skipHeldAndRead(tx, userId);
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
  const url = `${getAppUrl()}/settings/security`;
  await getAccountMailer().queue({ kind, userId, address, locale, username, newAddress, url }, tx);
}
