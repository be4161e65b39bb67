import { isNewDevice } from '#db/queries/sessions.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getAppUrl } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { assumeTimeZone } from '#lib/time-zone.ts';
import { getAccountMailer } from '../accounts/account-mailer.ts';
import { nameDevice } from '../sessions/device-name.ts';
import type { RequestOrigin } from '../sessions/request-origin.ts';

/**
 * Mails a person about a login from a device that they have not used before. Never throws, and need
 * not be waited for: a login is worth having without it.
 */
export async function tellNewDevice(
  account: { id: string; username: string; email: string; locale: Locale; timeZone: string | null },
  sessionId: string,
  origin: Pick<RequestOrigin, 'ip' | 'userAgent'>,
): Promise<void> {
  try {
    if (!(await isNewDevice(sessionId))) return;
    await getAccountMailer().queue({
      kind: 'device',
      userId: account.id,
      address: account.email,
      locale: account.locale,
      username: account.username,
      device: nameDevice(origin.userAgent),
      ip: origin.ip,
      at: new Date(),
      timeZone: account.timeZone ?? assumeTimeZone(account.locale),
      url: `${getAppUrl()}/settings/security`,
    });
  } catch (error) {
    getLog().error({ err: error, userId: account.id }, 'could not queue a mail about a new device');
  }
}
