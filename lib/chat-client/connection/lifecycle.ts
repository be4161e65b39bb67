/** A page hidden for longer than this may have slept through the loss of its connection. */
const SLEPT_MS = 5_000;

/** Watches the page: `leave` when it may not come back, `wake` when it is back or the network changes. */
export function watchPage(handlers: { wake(): void; leave(): void }): () => void {
  let hiddenAt = 0;
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') {
      hiddenAt = Date.now();
      handlers.leave();
    } else if (hiddenAt && Date.now() - hiddenAt > SLEPT_MS) {
      handlers.wake();
    }
  };
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) handlers.wake();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pagehide', handlers.leave);
  window.addEventListener('pageshow', onPageShow);
  // A socket that lost its network learns of it only by silence, up to a heartbeat later.
  window.addEventListener('offline', handlers.wake);
  window.addEventListener('online', handlers.wake);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pagehide', handlers.leave);
    window.removeEventListener('pageshow', onPageShow);
    window.removeEventListener('offline', handlers.wake);
    window.removeEventListener('online', handlers.wake);
  };
}
