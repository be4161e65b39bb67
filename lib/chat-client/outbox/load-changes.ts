import type { Changes } from '../changes/changes.ts';
import type { ChangeNeeds } from '../changes/needs.ts';
import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay } from '../connection/transport.ts';

/** Brings the program for changes of messages. */
export type ImportChanges = () => Promise<{ createChanges(needs: ChangeNeeds): Changes }>;

export type ChangesLoader = ReturnType<typeof createChangesLoader>;

/** Loads that program once, when it is first needed, and tries until it is there. */
export function createChangesLoader(importChanges: ImportChanges, getNeeds: () => ChangeNeeds) {
  const { pause, wakeAll } = createPauses();
  let loaded: Changes | undefined;
  let loading: Promise<Changes> | undefined;
  let isStopped = false;
  const tryToLoad = async (): Promise<Changes> => {
    for (let attempt = 0; !isStopped; attempt++) {
      try {
        const { createChanges } = await importChanges();
        if (isStopped) break;
        loaded = createChanges(getNeeds());
        return loaded;
      } catch {
        await pause(getRetryDelay(attempt, null));
      }
    }
    return new Promise(() => {});
  };
  const load = () => (loading ??= tryToLoad());
  return {
    load,
    /** Undefined until it is loaded. */
    get: () => loaded,
    /** Acts at once where it is loaded, else as soon as it is. */
    run: <T>(act: (changes: Changes) => T): T | Promise<T> => (loaded ? act(loaded) : load().then(act)),
    wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
      loaded?.stop();
    },
  };
}
