/** The person's choice of colours; `system` follows the device. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const THEME_COOKIE = 'dandul.theme';

/** The colour of the browser's own bars: the paper token of each scheme in app/globals.css. */
export const paperColors = { light: '#fbfaf7', dark: '#171512' } as const;

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}
