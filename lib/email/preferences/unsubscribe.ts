import { getDb } from '#db/client.ts';
import { findMailPreference, updateMailPreference } from '#db/queries/mail-preferences.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

/** Turns mails about messages off for the person the token speaks for; false for a bad token. */
export async function unsubscribe(token: unknown): Promise<boolean> {
  const userId = readUnsubscribeToken(token);
  if (userId === undefined || !(await findMailPreference(getDb(), userId))) return false;
  await updateMailPreference(getDb(), userId, 'never');
  return true;
}

/** What a token's page shows: `invalid` also for a person who is gone. Changes nothing. */
export async function readUnsubscribeState(token: unknown): Promise<'invalid' | 'on' | 'off'> {
  const userId = readUnsubscribeToken(token);
  const preference = userId && (await findMailPreference(getDb(), userId));
  if (!preference) return 'invalid';
  return preference === 'never' ? 'off' : 'on';
}
