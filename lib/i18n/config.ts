/** The languages of the product; Korean is written first and is the reference for the other. */
export const locales = ['ko', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Each language's name in itself. */
export const languageNames: Record<Locale, string> = { ko: '한국어', en: 'English' };

/** What the product is called where a language stands alone; sentences of the catalogues say it as they need. */
export const productNames = { ko: '단둘', en: 'Dandul' } as const satisfies Record<Locale, string>;

export const LOCALE_COOKIE = 'dandul.locale';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language for a request that names no preference: Korean when `Accept-Language` ranks it
 * above English, else English.
 */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => isLocale(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (ranked[0]?.language as Locale | undefined) ?? 'en';
}
