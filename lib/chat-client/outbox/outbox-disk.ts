import { type OutboxDatabase, openOutboxDatabase, writeStored } from './outbox-database.ts';
import { toStored } from './outbox-format.ts';
import type { OutboxItem } from './outbox-item.ts';

/** A database that does not open within this time is late: another tab holds it, or a WebKit hangs. */
const OPEN_TIMEOUT_MS = 3_000;

/**
 * The way to the database `name`, which is opened on first use. What memory holds (`listWritten`) is put into one
 * that was late as soon as it opens.
 */
export function createDisk(name: string, listWritten: () => OutboxItem[]) {
  let database: Promise<OutboxDatabase> | null = null;
  let state: 'usable' | 'late' | 'broken' = 'usable';
  let tellOpened = () => {};

  const isLate = () => state === 'late';
  const close = () => {
    void database?.then((db) => db.close()).catch(() => {});
    database = null;
  };
  const forget = () => {
    database = null;
  };
  const catchUp = (db: OutboxDatabase) => {
    const written = putItems(db, listWritten());
    // What is put from now on waits behind it.
    state = 'usable';
    return written.then(() => tellOpened());
  };
  /** Null when memory has to do for now. */
  const openInTime = async (): Promise<OutboxDatabase | null> => {
    if (isLate()) return null;
    database ??= openOutboxDatabase(name, { blocking: close, terminated: forget });
    const opening = database;
    const db = await waitFor(opening);
    // Another call may have found it late meanwhile.
    if (db || isLate()) return isLate() ? null : db;
    state = 'late';
    opening.then(catchUp).catch(() => {
      state = 'broken';
    });
    return null;
  };

  return {
    /** Uses the database, or what stands in for it. A browser may close an idle one: then once more with a new one. */
    async run<T>(use: (db: OutboxDatabase) => Promise<T>, fallback: () => Promise<T>): Promise<T> {
      for (let attempt = 0; attempt < 2 && state !== 'broken'; attempt++) {
        try {
          const db = await openInTime();
          return await (db ? use(db) : fallback());
        } catch {
          database = null;
        }
      }
      state = 'broken';
      return fallback();
    },
    isUsable: () => state === 'usable',
    watch(listener: () => void) {
      tellOpened = listener;
    },
    close,
    async delete() {
      close();
      await waitFor(deleteEmptied(name));
    },
  };
}

/** Deletes a database in which nothing is left; nobody waits for another tab that holds it open. */
function deleteEmptied(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onblocked = request.onsuccess = request.onerror = () => resolve();
  });
}

/** Puts items into the database, in one transaction that the end of the page does not take along. */
export function putItems(db: OutboxDatabase, items: OutboxItem[]): Promise<void> {
  return writeStored(db, (outbox) => {
    for (const item of items) outbox.put(toStored(item));
    outbox.transaction.commit();
  });
}

/** What is promised, or null when it takes too long. */
function waitFor<T>(promised: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), OPEN_TIMEOUT_MS);
  });
  return Promise.race([promised, late]).finally(() => clearTimeout(timer));
}
