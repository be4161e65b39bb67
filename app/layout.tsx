import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { TimeZoneCookie } from '#components/ui/time-zone-cookie.tsx';
import { getTimeZone, readToldTimeZone } from '#lib/auth/time-zone.ts';
import { getLocale, getT } from '#lib/i18n/server.ts';
import { isTheme, paperColors, THEME_COOKIE } from '#lib/theme.ts';
import { Texts } from './texts.tsx';
import './globals.css';

async function getTheme() {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : 'system';
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('common');
  return {
    applicationName: t('appName'),
    title: { default: t('appName'), template: `%s · ${t('appName')}` },
    description: t('tagline'),
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, date: false, address: false, email: false },
    appleWebApp: { title: t('appName'), statusBarStyle: 'default' },
  };
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await getTheme();
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    colorScheme: theme === 'system' ? 'light dark' : theme,
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: paperColors.light },
            { media: '(prefers-color-scheme: dark)', color: paperColors.dark },
          ]
        : paperColors[theme],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const timeZone = await getTimeZone(locale);
  return (
    <html lang={locale} data-theme={await getTheme()}>
      <body>
        <Texts of={['common']} timeZone={timeZone}>
          <TimeZoneCookie told={await readToldTimeZone()} />
          {children}
        </Texts>
      </body>
    </html>
  );
}
