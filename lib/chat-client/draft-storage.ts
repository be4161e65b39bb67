/** What was typed and not sent, of one account on this device; shared by its tabs. */
export type DraftStorage = {
  /** The drafts by conversation id. */
  load(): Record<string, string>;
  /** Kept before this returns. An empty text deletes the draft. */
  put(conversationId: string, text: string): void;
};

/**
 * Drafts live in `localStorage`: a page that ends right after a key was pressed has no time left for
 * IndexedDB. Where it is refused or full, a draft lasts as long as the page.
 */
export function createDraftStorage(userId: string): DraftStorage {
  const prefix = `dandul-draft:${userId}:`;
  const attempt = <T>(use: (storage: Storage) => T, fallback: T): T => {
    try {
      return use(localStorage);
    } catch {
      return fallback;
    }
  };
  return {
    load: () =>
      attempt(
        (storage) =>
          Object.fromEntries(
            Object.keys(storage)
              .filter((key) => key.startsWith(prefix))
              .map((key) => [key.slice(prefix.length), storage.getItem(key) ?? '']),
          ),
        {},
      ),
    put: (conversationId, text) =>
      attempt((storage) => {
        if (text) storage.setItem(prefix + conversationId, text);
        else storage.removeItem(prefix + conversationId);
      }, undefined),
  };
}
