'use client';

import { useEffect } from 'react';

/**
 * Keeps a page that the browser put aside whole (its back/forward cache) from being shown again: the person
 * may have logged out since. It is hidden when it is put aside, and loaded anew when it comes back.
 */
export function KeepFresh() {
  useEffect(() => {
    const hide = (event: PageTransitionEvent) => {
      if (event.persisted) document.documentElement.style.visibility = 'hidden';
    };
    const renew = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pagehide', hide);
    window.addEventListener('pageshow', renew);
    return () => {
      window.removeEventListener('pagehide', hide);
      window.removeEventListener('pageshow', renew);
    };
  }, []);
  return null;
}
