import { type OutboxDatabase, readStored, writeStored } from './outbox-database.ts';
import { createDisk, putItems } from './outbox-disk.ts';
import { readItem, type StoredItem } from './outbox-format.ts';
import { compareOrder, markTried, type OutboxItem } from './outbox-item.ts';
import { createMemoryStorage } from './outbox-memory.ts';

/** Unsent items of one account on this device, shared by its tabs. */
export type OutboxStorage = {
  /** All unsent items in the order they were written. */
  load(): Promise<OutboxItem[]>;
  /** The unsent items of a conversation in the order they were written. */
  listPending(conversationId: string): Promise<OutboxItem[]>;
  putPending(item: OutboxItem): Promise<void>;
  deletePending(conversationId: string, clientId: string): Promise<void>;
  /**
   * Marks an untried item as one that is being sent; false when it is there no more. Of this and
   * `takeUntried` only the first succeeds, whichever tab calls them.
   */
  beginSending(conversationId: string, clientId: string): Promise<boolean>;
  /** Deletes an untried item; false when it is there no more, or was tried. */
  takeUntried(conversationId: string, clientId: string): Promise<boolean>;
  /** False while something that was put lasts only as long as the page. */
  isKept(): boolean;
  /** `listener` hears when a disk that could not be had at first is there: then there may be more to load. */
  watchDisk(listener: () => void): void;
  /** Deletes everything of the account, also for its other tabs, and closes. */
  clear(): Promise<void>;
  close(): void;
};

/**
 * Keeps items in the account's own database, which is opened on first use. Where IndexedDB is refused or breaks
 * (private mode, a full disk), memory takes over: the session goes on, only a reload forgets. While the database is
 * late, memory takes over until it opens.
 */
export function createOutboxStorage(userId: string): OutboxStorage {
  const memory = createMemoryStorage();
  const disk = createDisk(`dandul-${userId}`, memory.list);
  const nothing = async () => {};
  return {
    load: () => disk.run(async (db) => readItems(await readStored(db)), memory.load),
    listPending: (conversationId) =>
      disk.run(
        async (db) => readItems(await readStored(db, conversationId)),
        () => memory.listPending(conversationId),
      ),
    async putPending(item) {
      await memory.putPending(item);
      await disk.run((db) => putItems(db, [item]), nothing);
    },
    async deletePending(conversationId, clientId) {
      await memory.deletePending(conversationId, clientId);
      await disk.run((db) => writeStored(db, (outbox) => outbox.delete([conversationId, clientId])), nothing);
    },
    async beginSending(conversationId, clientId) {
      const isThere = await disk.run(
        (db) => beginSending(db, [conversationId, clientId]),
        () => memory.beginSending(conversationId, clientId),
      );
      if (isThere) await memory.beginSending(conversationId, clientId);
      return isThere;
    },
    async takeUntried(conversationId, clientId) {
      const isTaken = await disk.run(
        (db) => takeUntried(db, [conversationId, clientId]),
        () => memory.takeUntried(conversationId, clientId),
      );
      if (isTaken) await memory.deletePending(conversationId, clientId);
      return isTaken;
    },
    isKept: () => disk.isUsable() || memory.list().length === 0,
    watchDisk: disk.watch,
    async clear() {
      await memory.clear();
      await disk.run((db) => writeStored(db, (outbox) => outbox.clear()), nothing);
      await disk.delete();
    },
    close: disk.close,
  };
}

/** Those that this release knows; all others stay on the disk for the one that wrote them. */
function readItems(values: unknown[]): OutboxItem[] {
  return values.flatMap((value) => readItem(value) ?? []).sort(compareOrder);
}

type Key = [conversationId: string, clientId: string];

/** Reads an item and changes it in one transaction: what it was, undefined where it is there no more. */
async function changeStored(
  db: OutboxDatabase,
  key: Key,
  change: (outbox: IDBObjectStore, item: StoredItem) => void,
): Promise<StoredItem | undefined> {
  let item: StoredItem | undefined;
  await writeStored(db, (outbox) => {
    const read: IDBRequest<StoredItem | undefined> = outbox.get(key);
    read.onsuccess = () => {
      item = read.result;
      if (item) change(outbox, item);
    };
  });
  return item;
}

async function beginSending(db: OutboxDatabase, key: Key): Promise<boolean> {
  const item = await changeStored(db, key, (outbox, item) => outbox.put(markTried(item)));
  return item !== undefined;
}

async function takeUntried(db: OutboxDatabase, key: Key): Promise<boolean> {
  const item = await changeStored(db, key, (outbox, { isUntried }) => {
    if (isUntried) outbox.delete(key);
  });
  return item?.isUntried === true;
}
