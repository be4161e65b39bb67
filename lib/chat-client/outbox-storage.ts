import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PendingMessage } from './state.ts';

export type StoredPending = Omit<PendingMessage, 'stored' | 'heldUntil'>;

/** Unsent messages of one account on this device, shared by its tabs. */
export type OutboxStorage = {
  /** All unsent messages in the order they were written. */
  load(): Promise<StoredPending[]>;
  /** The unsent messages of a room in the order they were written. */
  listPending(conversationId: string): Promise<StoredPending[]>;
  putPending(pending: StoredPending): Promise<void>;
  deletePending(conversationId: string, clientId: string): Promise<void>;
  close(): void;
};

interface OutboxSchema extends DBSchema {
  outbox: {
    key: [string, string];
    value: StoredPending;
    indexes: { conversationId: string };
  };
}

/** An open that hangs longer than this (some WebKit versions do) counts as refused. */
const OPEN_TIMEOUT_MS = 3_000;

/**
 * Opens the account's own database on first use. Where IndexedDB is refused or breaks (private
 * mode, a full disk), memory takes over: the session goes on, only a reload forgets.
 */
export function createOutboxStorage(userId: string): OutboxStorage {
  const memory = createMemoryStorage();
  let database: Promise<IDBPDatabase<OutboxSchema>> | null = null;
  let isBroken = false;

  const open = () => {
    database ??= openDB<OutboxSchema>(`dandul-${userId}`, 1, {
      upgrade(db) {
        const outbox = db.createObjectStore('outbox', { keyPath: ['conversationId', 'clientId'] });
        outbox.createIndex('conversationId', 'conversationId');
      },
      terminated: () => {
        database = null;
      },
    });
    return database;
  };
  const run = async <T>(use: (db: IDBPDatabase<OutboxSchema>) => Promise<T>, fallback: () => Promise<T>) => {
    // A browser may close an idle database behind the page's back: one more try with a new one.
    for (let attempt = 0; attempt < 2 && !isBroken; attempt++) {
      try {
        return await use(await withTimeout(open()));
      } catch {
        database = null;
      }
    }
    isBroken = true;
    return fallback();
  };

  return {
    load: () => run(async (db) => (await db.getAll('outbox')).sort(compareOrder), memory.load),
    listPending: (conversationId) =>
      run(
        async (db) =>
          (await db.getAllFromIndex('outbox', 'conversationId', conversationId)).sort(compareOrder),
        () => memory.listPending(conversationId),
      ),
    async putPending(pending) {
      await memory.putPending(pending);
      await run(
        async (db) => {
          const writing = db.transaction('outbox', 'readwrite');
          const isPut = writing.store.put(pending);
          // Without waiting for the answer: a page that ends now would take the transaction along.
          writing.commit();
          await Promise.all([isPut, writing.done]);
        },
        async () => {},
      );
    },
    async deletePending(conversationId, clientId) {
      await memory.deletePending(conversationId, clientId);
      await run(
        (db) => db.delete('outbox', [conversationId, clientId]),
        async () => {},
      );
    },
    close() {
      void database?.then((db) => db.close()).catch(() => {});
      database = null;
    },
  };
}

function withTimeout<T>(opening: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('IndexedDB did not open')), OPEN_TIMEOUT_MS);
    opening.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function createMemoryStorage(): Pick<OutboxStorage, 'load' | 'listPending' | 'putPending' | 'deletePending'> {
  const items = new Map<string, StoredPending>();
  const list = () => [...items.values()].sort(compareOrder);
  return {
    load: async () => list(),
    listPending: async (id) => list().filter((item) => item.conversationId === id),
    putPending: async (item) => void items.set(`${item.conversationId} ${item.clientId}`, item),
    deletePending: async (id, clientId) => void items.delete(`${id} ${clientId}`),
  };
}

function compareOrder(a: StoredPending, b: StoredPending): number {
  return a.order - b.order || (a.clientId < b.clientId ? -1 : 1);
}
