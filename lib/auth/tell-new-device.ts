import { isNewDevice } from '#db/queries/sessions.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { getAppUrl } from '#lib/env.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getLog } from '#lib/log.ts';
import { nameDevice } from './device-name.ts';
import type { RequestOrigin } from './request-origin.ts';

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
    await queueAccountMail({
      kind: 'device',
      userId: account.id,
      address: account.email,
      locale: account.locale,
      username: account.username,
      device: nameDevice(origin.userAgent),
      ip: origin.ip,
      at: new Date(),
      timeZone: account.timeZone ?? (account.locale === 'ko' ? 'Asia/Seoul' : null),
      url: `${getAppUrl()}/settings`,
    });
  } catch (error) {
    getLog().error({ err: error, userId: account.id }, 'could not queue a mail about a new device');
  }
}
