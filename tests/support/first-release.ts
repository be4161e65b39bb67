import { type IDBPDatabase, openDB } from 'idb';

/** An unsent message as the first release wrote it. */
export type FirstMessage = {
  conversationId: string;
  clientId: string;
  body: string;
  createdAt: string;
  order: number;
  state: 'sending' | 'failed';
  errorCode?: string;
  isUntried?: true;
};

/** What a tab of the first release does to the device and to other tabs, copied from its code. */
export class FirstReleaseTab {
  private readonly userId: string;
  private readonly channel: BroadcastChannel;
  private database: Promise<IDBPDatabase> | null = null;

  constructor(userId: string) {
    this.userId = userId;
    this.channel = new BroadcastChannel(`dandul-${userId}`);
    this.channel.onmessage = ({ data }) => void this.heard.push(data);
  }

  /** What other tabs have told this one, of the types that it knows. */
  heard: { type: string }[] = [];

  get understood() {
    return this.heard.filter(({ type }) => ['pending', 'removed', 'stored', 'draft'].includes(type));
  }

  private open(): Promise<IDBPDatabase> {
    this.database ??= openDB(`dandul-${this.userId}`, 1, {
      upgrade(db) {
        const outbox = db.createObjectStore('outbox', { keyPath: ['conversationId', 'clientId'] });
        outbox.createIndex('conversationId', 'conversationId');
      },
      blocking: () => this.close(),
    });
    return this.database;
  }

  private close(): void {
    void this.database?.then((db) => db.close()).catch(() => {});
    this.database = null;
  }

  /** Puts a message on the disk, or keeps it in memory where that is refused, and tells the other tabs. */
  async save(message: FirstMessage): Promise<'disk' | 'memory'> {
    const kept = await this.open()
      .then((db) => db.put('outbox', message))
      .then(() => 'disk' as const)
      .catch(() => 'memory' as const);
    this.tell({ type: 'pending', pending: message });
    return kept;
  }

  setDraft(conversationId: string, text: string): void {
    const key = `dandul-draft:${this.userId}:${conversationId}`;
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
    this.tell({ type: 'draft', conversationId, text });
  }

  tell(message: object): void {
    this.channel.postMessage(message);
  }

  stop(): void {
    this.channel.close();
    this.close();
  }
}

export function writeFirst(clientId: string, body: string, more: Partial<FirstMessage> = {}): FirstMessage {
  const order = Date.UTC(2026, 0, 1) + Number.parseInt(clientId, 36);
  const createdAt = new Date(order).toISOString();
  return { conversationId: 'conversation', clientId, body, createdAt, order, state: 'sending', ...more };
}
