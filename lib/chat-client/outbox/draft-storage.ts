import { type Draft, fromKept, isEmptyDraft, type KeptDraft, toKept } from './draft.ts';

/** What was typed and not sent, of one account on this device; shared by its tabs. */
export type DraftStorage = {
  /** The drafts by conversation id. */
  load(): Record<string, Draft>;
  /** Kept before this returns. An empty draft is deleted. */
  put(conversationId: string, draft: Draft): void;
  /** False while a draft lasts only as long as the page. */
  isKept(): boolean;
  /** Deletes all drafts of the account. */
  clear(): void;
};

/**
 * Grows when an older release would misread a draft. It is part of the key: what another release keeps is neither
 * shown nor overwritten. The first release kept the bare text under a key without a number.
 */
const FORMAT = 2;

/**
 * Drafts live in `localStorage`: a page that ends right after a key was pressed has no time left for
 * IndexedDB. Where it is refused or full, a draft lasts as long as the page.
 */
export function createDraftStorage(userId: string): DraftStorage {
  const prefix = `dandul-draft-${FORMAT}:${userId}:`;
  const firstPrefix = `dandul-draft:${userId}:`;
  /** Drafts that could not be kept, by conversation id. */
  const unkept = new Set<string>();

  return {
    load: () =>
      attempt((storage) => {
        attempt(() => takeOverFirst(storage, firstPrefix, prefix));
        return Object.fromEntries(
          listKeys(storage, prefix).flatMap((key) => {
            const draft = readDraft(storage.getItem(key));
            return draft ? [[key.slice(prefix.length), draft]] : [];
          }),
        );
      }) ?? {},
    put(conversationId, draft) {
      const isKept = attempt((storage) => {
        if (isEmptyDraft(draft)) storage.removeItem(prefix + conversationId);
        else storage.setItem(prefix + conversationId, JSON.stringify(toKept(draft)));
        // Else a first release's older text would come back over this one.
        storage.removeItem(firstPrefix + conversationId);
        return true;
      });
      if (isKept || isEmptyDraft(draft)) unkept.delete(conversationId);
      else unkept.add(conversationId);
    },
    isKept: () => unkept.size === 0,
    clear() {
      attempt((storage) => {
        for (const key of listKeys(storage, 'dandul-draft')) {
          if (key.includes(`:${userId}:`)) storage.removeItem(key);
        }
      });
    },
  };
}

/** What a tab of the first release keeps was typed after the last of its drafts was taken over: it goes first. */
function takeOverFirst(storage: Storage, firstPrefix: string, prefix: string): void {
  for (const key of listKeys(storage, firstPrefix)) {
    const draft: Draft = { text: storage.getItem(key) ?? '' };
    storage.setItem(prefix + key.slice(firstPrefix.length), JSON.stringify(draft));
    storage.removeItem(key);
  }
}

function readDraft(value: string | null): Draft | null {
  try {
    const draft = JSON.parse(value ?? '') as Partial<KeptDraft> | null;
    return typeof draft?.text === 'string' ? fromKept(draft as KeptDraft) : null;
  } catch {
    return null;
  }
}

function listKeys(storage: Storage, prefix: string): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(prefix));
}

function attempt<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
