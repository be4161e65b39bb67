import type { ChangeNeeds, Changes } from '../changes/changes.ts';
import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay } from '../connection/transport.ts';

/** Brings the program for changes of messages; the page's own comes from the server it came from. */
export type ImportChanges = () => Promise<{ createChanges(needs: ChangeNeeds): Changes }>;

/** Loads that program once, when it is first needed, and tries until it is there. */
export function createChangesLoader(importChanges: ImportChanges, getNeeds: () => ChangeNeeds) {
  const { pause, wakeAll } = createPauses();
  let loaded: Changes | undefined;
  let loading: Promise<Changes> | undefined;
  const tryToLoad = async (): Promise<Changes> => {
    for (let attempt = 0; ; attempt++) {
      try {
        const { createChanges } = await importChanges();
        loaded = createChanges(getNeeds());
        return loaded;
      } catch {
        await pause(getRetryDelay(attempt, null));
      }
    }
  };
  return {
    load: () => (loading ??= tryToLoad()),
    /** Undefined until it is loaded. */
    get: () => loaded,
    wakeAll,
  };
}
