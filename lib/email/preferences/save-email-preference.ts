import { getDb } from '#db/client.ts';
import { skipUnmailed } from '#db/queries/mail-owed.ts';
import { findMailPreference, updateMailPreference } from '#db/queries/mail-preferences.ts';
import { EMAIL_PREFERENCES, type EmailPreference } from './choices.ts';

/** True for one of the choices. */
export function isEmailPreference(value: unknown): value is EmailPreference {
  return EMAIL_PREFERENCES.includes(value as EmailPreference);
}

/**
 * Keeps which new messages reach a person by e-mail. A choice that mails more, or sooner, than the one
 * before holds from now on: what was said until then is not sent after all.
 */
export async function saveEmailPreference(userId: string, preference: EmailPreference): Promise<void> {
  await getDb().transaction(async (tx) => {
    const before = await findMailPreference(tx, userId);
    if (!before || before === preference) return;
    const isMore = before === 'never' || (before === 'daily' && preference !== 'never');
    if (isMore) await skipUnmailed(tx, userId, { upTo: 'newest' });
    await updateMailPreference(tx, userId, preference);
  });
}
