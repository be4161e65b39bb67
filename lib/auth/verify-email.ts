import { getDb } from '#db/client.ts';
import { skipUnmailed } from '#db/queries/mail-owed.ts';
import { consumeToken, selectToken, voidTokens } from '#db/queries/tokens.ts';
import { updateEmailVerified } from '#db/queries/users.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { releaseHeldMail } from '#lib/email/release-held.ts';
import { getAppUrl } from '#lib/env.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getLog } from '#lib/log.ts';
import { hashToken, issueToken } from './tokens.ts';

/**
 * Sends a link that confirms the address. Returns whether the mail is on its way; a failure is logged
 * and never thrown, because an account is of use without it.
 */
export async function sendVerifyMail(person: {
  id: string;
  username: string;
  email: string;
  locale: Locale;
}): Promise<boolean> {
  try {
    const token = await issueToken('verify', person.id, person.email);
    await queueAccountMail({
      kind: 'verify',
      userId: person.id,
      address: person.email,
      locale: person.locale,
      username: person.username,
      url: `${getAppUrl()}/verify-email?token=${token}`,
    });
    return true;
  } catch (error) {
    getLog().error({ err: error, userId: person.id }, 'could not queue a verification mail');
    return false;
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
export async function verifyEmail(token: string): Promise<VerifyState> {
  const userId = await getDb().transaction(async (tx) => {
    const used = await consumeToken(hashToken(token), 'verify', tx);
    if (!used) return undefined;
    await updateEmailVerified(used.userId, used.email, tx);
    await voidTokens(used.userId, 'verify', tx);
    await skipUnmailed(tx, used.userId, { upTo: 'read' });
    return used.userId;
  });
  if (!userId) return readVerifyState(token);
  await releaseHeldMail(userId);
  return 'done';
}
