import { promisifyRequest } from 'idb-keyval';
import { readItem, toStored } from './outbox-format.ts';

/** An object store `outbox` of items, keyed by conversation and client id, with an index by conversation. */
export type OutboxDatabase = IDBDatabase;

/**
 * Grows when an older release must no longer open the database: version 2 keeps the first release, which takes
 * every item for a message, away from items of other kinds.
 */
const VERSION = 2;

type Endings = {
  /** Another tab deletes or upgrades the database and waits until this one lets go of it. */
  blocking(): void;
  /** The browser closed it by itself. */
  terminated(): void;
};

/**
 * Opens the database, made or upgraded as needed; waits as long as another tab holds an older version open. One
 * that a newer release has upgraded is opened as it is: of that the items which are known here can be used.
 */
export async function openOutboxDatabase(name: string, endings: Endings): Promise<OutboxDatabase> {
  try {
    return await open(name, endings, VERSION);
  } catch (error) {
    if ((error as Partial<DOMException>).name !== 'VersionError') throw error;
    return open(name, endings);
  }
}

async function open(
  name: string,
  { blocking, terminated }: Endings,
  version?: number,
): Promise<OutboxDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) makeStore(request.result);
    else if (request.transaction) rewriteItems(request.transaction.objectStore('outbox'));
  };
  const db = await promisifyRequest(request);
  db.onversionchange = blocking;
  db.onclose = terminated;
  return db;
}

function makeStore(db: OutboxDatabase): void {
  const outbox = db.createObjectStore('outbox', { keyPath: ['conversationId', 'clientId'] });
  outbox.createIndex('conversationId', 'conversationId');
}

/** Brings every item that can be read into the present format; what cannot is left as it is. */
function rewriteItems(outbox: IDBObjectStore): void {
  const walk = outbox.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    const item = readItem(cursor.value);
    if (item) cursor.update(toStored(item));
    cursor.continue();
  };
}

/** All items, or those of a conversation, as they are stored. */
export function readStored(db: OutboxDatabase, conversationId?: string): Promise<unknown[]> {
  const outbox = db.transaction('outbox').objectStore('outbox');
  return promisifyRequest(
    conversationId === undefined ? outbox.getAll() : outbox.index('conversationId').getAll(conversationId),
  );
}

/** Changes items in one transaction; resolves when that is committed. */
export function writeStored(db: OutboxDatabase, change: (outbox: IDBObjectStore) => void): Promise<void> {
  const transaction = db.transaction('outbox', 'readwrite');
  change(transaction.objectStore('outbox'));
  return promisifyRequest(transaction);
}
