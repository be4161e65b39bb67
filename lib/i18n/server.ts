import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { getCurrentUser } from '#lib/auth/sessions/current-user.ts';
import { isLocale, LOCALE_COOKIE, negotiateLocale } from './config.ts';
import { getTranslator, type Namespace } from './translator.ts';

/** The language of this request: the person's setting, else their cookie, else `Accept-Language`. */
export const getLocale = cache(async () => {
  const user = await getCurrentUser();
  if (user) return user.locale;
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (isLocale(chosen)) return chosen;
  return negotiateLocale((await headers()).get('accept-language'));
});

/** A translator for server components and actions. */
export async function getT<N extends Namespace>(namespace: N) {
  return getTranslator(await getLocale(), namespace);
}
