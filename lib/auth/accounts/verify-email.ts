import { getDb } from '#db/client.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { updateEmailVerified } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { err, ok, type Result } from '#lib/runtime/result.ts';
import type { FormFault } from '../forms/form-state.ts';
import { type Client, logSecurity } from '../log-security.ts';
import { hashToken, issueToken } from '../tokens.ts';
import { getAccountMailer } from './account-mailer.ts';
import { toMailTarget } from './mail-target.ts';

/**
 * Sends a link that confirms the address, unless that mailbox has had too many links of late. A failure is
 * logged and never thrown, because an account is of use without it.
 */
export async function sendVerifyMail(person: {
  id: string;
  username: string;
  email: string;
  locale: Locale;
}): Promise<Result<undefined, FormFault>> {
  try {
    const limit = await consumeLimit('mailTarget', toMailTarget(person.email));
    if (!limit.ok) return err({ code: 'rate_limited', retryAfterMs: limit.retryAfterMs });
    const token = await issueToken('verify', person.id, person.email);
    await getAccountMailer().queue({
      kind: 'verify',
      userId: person.id,
      address: person.email,
      locale: person.locale,
      username: person.username,
      url: `${getAppUrl()}/verify-email?token=${token}`,
    });
    return ok(undefined);
  } catch (error) {
    getLog().error({ err: error, userId: person.id }, 'could not queue a verification mail');
    return err({ code: 'unavailable' });
  }
}

export type VerifyState = 'usable' | 'done' | 'unusable';

/** How a verify link stands, without using it: `done` when its address is confirmed already. */
export async function readVerifyState(token: string): Promise<VerifyState> {
  const row = await selectToken(hashToken(token), 'verify');
  if (row?.isUsable) return 'usable';
  return row?.emailVerifiedAt && row.isCurrentAddress ? 'done' : 'unusable';
}

/** Confirms the address that a link was sent to; what was held back goes there now. Pressing twice is as good as once. */
export async function verifyEmail(token: string, origin?: Client): Promise<VerifyState> {
  const userId = await getDb().transaction(async (tx) => {
    const used = await consumeToken(hashToken(token), 'verify', tx);
    if (!used) return undefined;
    await updateEmailVerified(used.userId, used.email, tx);
    await voidTokens(used.userId, 'verify', tx);
    await getAccountMailer().skipHeldAndRead(tx, used.userId);
    return used.userId;
  });
  logSecurity('email:verify', userId ? 'ok' : 'failed', { userId, origin });
  if (!userId) return readVerifyState(token);
  await getAccountMailer().releaseHeld(userId);
  return 'done';
}
