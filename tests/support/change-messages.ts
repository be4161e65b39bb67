import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { getPool } from '#db/client.ts';
import type { Message, Pin } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import { connectClient, startLive, type TestClient } from './live.ts';
import type { Person } from './people.ts';

/** A live side for the calling test file, whose connections end with each test. Call once at its top. */
export function runLive(): {
  connect(person: Pick<Person, 'cookie'>): Promise<TestClient>;
  url(): string;
} {
  let live: Awaited<ReturnType<typeof startLive>>;
  const clients: TestClient[] = [];
  beforeAll(async () => {
    live = await startLive();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });
  afterAll(() => live.close());
  return {
    url: () => live.url,
    async connect({ cookie }) {
      const client = await connectClient(live.url, cookie);
      clients.push(client);
      return client;
    },
  };
}

/** A deletion for oneself is answered without the message. */
export type MessageAck = Ack<{ message: Message } | { seq: number; revision: number }>;

/** The message that an event was acknowledged with. */
export function messageOf(ack: MessageAck): Message {
  if (!ack.ok) throw new Error(ack.error.code);
  if (!('message' in ack)) throw new Error('no message');
  return ack.message;
}

/** What a refusal with this code is. */
export const refused = (code: string) => ({ ok: false, error: { code } });

/** What one person asks of the messages of one conversation. */
export function askAbout(client: TestClient, conversationId: string) {
  return {
    send: (body: string, more: { clientId?: string; replyToSeq?: number } = {}): Promise<MessageAck> =>
      client.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body, ...more }),
    forward: (forwardOf: { conversationId: string; seq: number }, more: object = {}): Promise<MessageAck> =>
      client.emitWithAck('message:send', { conversationId, clientId: randomUUID(), forwardOf, ...more }),
    edit: (seq: number, body: string, baseRevision: number): Promise<MessageAck> =>
      client.emitWithAck('message:edit', { conversationId, seq, body, baseRevision }),
    remove: (seq: number): Promise<MessageAck> =>
      client.emitWithAck('message:delete', { conversationId, seq, scope: 'both' }),
    undelete: (seq: number): Promise<MessageAck> =>
      client.emitWithAck('message:undelete', { conversationId, seq }),
    react: (seq: number, emoji: string, on = true): Promise<MessageAck> =>
      client.emitWithAck('message:react', { conversationId, seq, emoji, on }),
    pin: (seq: number, on = true): Promise<MessageAck> =>
      client.emitWithAck('message:pin', { conversationId, seq, on }),
    hide: (seq: number) => client.emitWithAck('message:delete', { conversationId, seq, scope: 'me' }),
    star: (seq: number, on = true) => client.emitWithAck('message:star', { conversationId, seq, on }),
    clear: (upToSeq: number) => client.emitWithAck('conversation:clear', { conversationId, upToSeq }),
    marks: () => client.emitWithAck('conversation:marks', { conversationId }),
    async deliver(seq: number): Promise<void> {
      await client.emitWithAck('conversation:delivered', { conversationId, seq });
    },
    async history(): Promise<Message[]> {
      const page = await client.emitWithAck('conversation:history', { conversationId });
      if (!page.ok) throw new Error(page.error.code);
      return page.messages;
    },
    /** The pins that a conversation opens with, or the page around a message. */
    async pins(anchor: { aroundSeq?: number } = {}): Promise<Pin[] | undefined> {
      const page = await client.emitWithAck('conversation:history', { conversationId, ...anchor });
      if (!page.ok) throw new Error(page.error.code);
      return page.pins;
    },
    async sync(afterRevision: number): Promise<Message[]> {
      const page = await client.emitWithAck('conversation:sync', { conversationId, afterRevision });
      if (!page.ok || page.reset) throw new Error('no changes');
      return page.changes;
    },
    async entry() {
      const list = await client.emitWithAck('conversation:list', {});
      const entry = list.ok && list.conversations.find((each) => each.conversationId === conversationId);
      if (!entry) throw new Error('it is not in the list');
      return entry;
    },
  };
}

/** All that is stored of a conversation's messages and their changes. */
export async function readStored(conversationId: string): Promise<unknown[]> {
  const tables = [
    'conversations where id',
    'messages where conversation_id',
    'changes where conversation_id',
    'message_versions where conversation_id',
    'undos where conversation_id',
  ];
  const results = [];
  for (const table of tables) {
    const { rows } = await getPool().query(`select * from ${table} = $1 order by 1, 2`, [conversationId]);
    results.push(rows);
  }
  return results;
}
