import type { MetadataRoute } from 'next';
import { getT } from '#lib/i18n/server.ts';
import { paperColors } from '#lib/theme.ts';

/** What a phone needs to keep Dandul on its home screen. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getT('common');
  return {
    name: t('appName'),
    short_name: t('appName'),
    description: t('tagline'),
    id: '/',
    start_url: '/',
    display: 'standalone',
    background_color: paperColors.light,
    theme_color: paperColors.light,
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
