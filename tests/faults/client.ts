import type { Message } from '#lib/chat/types.ts';
import { type ChatClient, createChatClient } from '#lib/chat-client/client.ts';
import { createConnection } from '#lib/chat-client/connection/connection.ts';
import type { EventHandlers, Transport } from '#lib/chat-client/connection/transport.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { Disk } from '../support/disk.ts';
import type { Person } from '../support/people.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** One tab: the product's own client on a real connection, whose events and answers are written down. */
export class FaultClient {
  readonly person: Person;
  readonly line: TcpProxy;
  readonly client: ChatClient;
  /** Conversations that an event told this client of. */
  readonly heardOf = new Set<string>();
  /** Texts that the server has acknowledged. */
  readonly acked = new Set<string>();
  private readonly disk: Disk;
  private readonly stopClient: () => void;

  constructor(person: Person, line: TcpProxy, disk: Disk) {
    this.person = person;
    this.line = line;
    this.disk = disk;
    this.client = createChatClient({
      viewer: person,
      initialConversations: [],
      createTransport: (userId) => this.watch(openTransport(userId, line, person.cookie)),
      createStorage: () => disk.open(),
      createDrafts: () => disk.openDrafts(),
      watch: () => () => {},
      createReload: () => ({ outdated() {} }),
    });
    this.stopClient = this.client.start(() => {});
  }

  send(conversationId: string, text: string): void {
    this.client.actions.send(conversationId, { text });
  }

  /** The texts in this tab's timeline, in its order, with all that changes of each; what still waits comes last. */
  listTexts(conversationId: string): { text: string; seq: number | null; look: string }[] {
    const conversation = this.client.store.getState().conversations[conversationId];
    return [
      ...(conversation?.window?.messages ?? []).map((message) => ({
        text: message.body,
        seq: message.seq,
        look: tellLook(message),
      })),
      ...(conversation?.pending ?? []).flatMap((item) =>
        item.kind === 'send' ? [{ text: item.draft.text, seq: null, look: '' }] : [],
      ),
    ];
  }

  /** The stored messages that this tab holds. */
  listMessages(conversationId: string): readonly Message[] {
    return this.client.store.getState().conversations[conversationId]?.window?.messages ?? [];
  }

  /** The pinned messages that this tab's bar shows, with what they say. */
  listPins(conversationId: string): string[] {
    const pins = this.client.store.getState().conversations[conversationId]?.window?.pins ?? [];
    return pins.map(({ seq, pinnedBy, body }) => `${seq} ${pinnedBy} ${body}`);
  }

  /** What the server has not been told yet, of texts and changes. */
  countWaiting(conversationId: string): number {
    const pending = this.client.store.getState().conversations[conversationId]?.pending ?? [];
    return pending.filter((item) => item.state === 'sending').length;
  }

  /** All that this tab and its device hold. */
  dump(): string {
    const { pending, drafts } = this.disk;
    return JSON.stringify([this.client.store.getState(), [...pending], [...drafts]]);
  }

  isAtNewest(conversationId: string): boolean {
    return this.client.store.getState().conversations[conversationId]?.window?.hasAfter === false;
  }

  isConnected(): boolean {
    return this.client.store.getState().connection === 'online';
  }

  stop(): void {
    this.stopClient();
    this.line.close();
  }

  private watch(transport: Transport): Transport {
    return {
      ...transport,
      start: (handlers) =>
        transport.start({
          ...handlers,
          on: Object.fromEntries(
            Object.entries(handlers.on).map(([name, handle]: [string, (payload: never) => void]) => [
              name,
              (payload: never) => {
                for (const id of findConversationIds(name, payload)) this.heardOf.add(id);
                handle(payload);
              },
            ]),
          ) as unknown as EventHandlers,
        }),
      request: async (event, input) => {
        const ack = await transport.request(event, input);
        if (event === 'message:send' && (ack as Ack | null)?.ok)
          this.acked.add((input as { body: string }).body);
        return ack;
      },
    };
  }
}

/** What changes of a message beside its text, in one line. */
function tellLook({ vanished, deletedAt, editedAt, pinnedBy, reactions, replyTo }: Message): string {
  const kinds = reactions?.map(({ emoji, userIds }) => `${emoji}${userIds.length}`).join('');
  const marks = [vanished === true, deletedAt !== undefined, editedAt !== undefined].map((is) =>
    is ? 't' : 'f',
  );
  return [...marks, pinnedBy, kinds, replyTo?.body].filter((part) => part !== undefined).join(' ');
}

function openTransport(userId: string, line: TcpProxy, cookie: string): Transport {
  return createConnection(userId, `http://127.0.0.1:${line.port}`, {
    extraHeaders: { cookie },
    // A harness with many clients: a handshake that hangs is given up sooner than a person would.
    timeout: 5_000,
  });
}

function findConversationIds(name: string, payload: unknown): string[] {
  if (name === 'heads') return Object.keys(payload as object);
  const { conversationId } = payload as { conversationId?: string };
  return conversationId ? [conversationId] : [];
}
