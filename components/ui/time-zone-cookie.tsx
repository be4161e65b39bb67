'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { TIME_ZONE_COOKIE } from '#lib/time-zone.ts';

const ONE_YEAR_SECONDS = 31_536_000;

/** Tells the server the browser's time zone and renders again when it had assumed another. */
export function TimeZoneCookie({ assumed }: { assumed: string }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone || timeZone === assumed) return;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers.
    document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(timeZone)}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax${secure}`;
    if (document.cookie.includes(`${TIME_ZONE_COOKIE}=`)) router.refresh();
  }, [assumed, router]);
  return null;
}
