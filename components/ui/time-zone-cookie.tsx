'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { tellTimeZone } from '#lib/time-zone.ts';

/**
 * Tells the server the browser's time zone: mails are made in it when no browser is there. Renders again, so that
 * the page is in the zone and a member's account keeps it. A page that stayed open on a journey tells when it is
 * come back to, and the next page is in the new zone.
 *
 * @param props.told what this browser has told before.
 */
export function TimeZoneCookie({ told }: { told: string | null }) {
  const router = useRouter();
  useEffect(() => {
    const tell = () => {
      const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
      return tellTimeZone(document, { zone, told, isSecure: location.protocol === 'https:' });
    };
    if (tell()) router.refresh();
    // The network may not be back when a device wakes, and a page that is asked for in vain is lost.
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [told, router]);
  return null;
}
