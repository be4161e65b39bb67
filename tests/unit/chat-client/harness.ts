import { expect, vi } from 'vitest';
import { toPins } from '#lib/chat/pins.ts';
import { createChanges } from '#lib/chat-client/changes/changes.ts';
import { type ChatClient, createChatClient } from '#lib/chat-client/client.ts';
import { needsSync } from '#lib/chat-client/state/revision.ts';
import { createChatStore } from '#lib/chat-client/store.ts';
import { createViewSelector } from '#lib/chat-client/views/selectors.ts';
import type { ConversationView } from '#lib/chat-client/views/view.ts';
import { Disk } from '../../support/disk.ts';
import { ModelNetwork } from './model-network.ts';
import { ME, ModelServer } from './model-server.ts';

export const viewer = { userId: ME, username: 'minji' };

/** One person in one tab, with a model server and network. Needs fake timers. */
export class World {
  readonly server: ModelServer;
  readonly userId: string;
  readonly network: ModelNetwork;
  disk = new Disk();
  /** Hears when the page is to be loaded anew, and when it no longer needs to. */
  pageReload = { outdated: vi.fn(), connected: vi.fn() };
  client: ChatClient;
  stop: () => void = () => {};

  /** Without a server it is the only one of its own, which has these conversations. */
  constructor(conversations: readonly string[] = ['conversation'], server?: ModelServer, userId = ME) {
    this.server = server ?? new ModelServer();
    this.userId = userId;
    this.network = new ModelNetwork(this.server, userId);
    this.client = this.createClient();
    if (server) return;
    for (const id of conversations) this.server.addConversation(id);
    this.network.listen();
  }

  private createClient(): ChatClient {
    return createChatClient({
      viewer: { userId: this.userId, username: 'somebody' },
      initialConversations: [],
      createTransport: () => this.network.createTransport(),
      createStorage: () => this.disk.open(),
      createDrafts: () => this.disk.openDrafts(),
      watch: () => () => {},
      createReload: () => this.pageReload,
      importChanges: async () => ({ createChanges }),
    });
  }

  get actions() {
    return this.client.actions;
  }

  start(): void {
    this.stop = this.client.start(() => {});
  }

  /** What a reload does: the page and all that it holds in memory are gone. */
  reload(): void {
    this.stop();
    this.network.disconnect();
    this.client = this.createClient();
    this.start();
  }

  view(id = 'conversation'): ConversationView {
    return createViewSelector(id)(this.client.store.getState());
  }

  /** Lets the network work until nothing is on the way and no timer leads to more. */
  settle = () => settleAll([this]);
}

/** The same for several devices of one server. */
export async function settleAll(worlds: readonly World[]): Promise<void> {
  for (const { network } of worlds) network.connect();
  for (let quiet = 0; quiet < 3; ) {
    await vi.advanceTimersByTimeAsync(0);
    const busy = worlds.filter(({ network }) => network.queue.length > 0);
    for (const { network } of busy) network.deliver();
    if (busy.length > 0) {
      quiet = 0;
    } else {
      quiet++;
      await vi.advanceTimersByTimeAsync(21_000);
    }
  }
}

/**
 * Asserts that the client shows exactly what a fresh fetch of the same stretch would, and that neither it nor its
 * device holds a text that was deleted.
 */
export function expectFresh(world: World): void {
  const state = world.client.store.getState();
  const conversations = Object.values(state.conversations).map(({ pending: _, ...read }) => read);
  const held = JSON.stringify(conversations);
  const written = JSON.stringify(listWritten(world));
  // A copy that was forwarded may stand elsewhere.
  const ids = [...world.server.conversations.keys()];
  const shown = new Set(ids.flatMap((id) => world.server.readFor(id, world.userId).map(({ body }) => body)));
  const gone = [...world.server.gone, ...listHidden(world)].filter((text) => !shown.has(text));
  // An edit may have begun with what another message said that still stands.
  const isWritten = (text: string) => written.includes(text) && !world.server.copied.has(text);
  expect(gone.filter((text) => held.includes(text) || isWritten(text))).toEqual([]);
  for (const id of world.server.conversations.keys()) {
    const log = world.server.readFor(id, world.userId);
    const marks = world.server.listMarks(id, world.userId);
    const conversation = state.conversations[id];
    const entry = world.server.entry(id, world.userId);
    // One that was deleted is told of to nobody who has not known it.
    if (conversation?.entry || !entry.marks?.removed) expect(conversation?.entry).toEqual(entry);
    expect(conversation !== undefined && needsSync(conversation)).toBe(false);
    expect((conversation?.pending ?? []).filter((item) => item.state === 'sending')).toEqual([]);
    const window = conversation?.window;
    if (!window) continue;
    const { clearedSeq } = marks;
    const first = window.messages[0]?.seq ?? clearedSeq + 1;
    const last = window.messages.at(-1)?.seq ?? clearedSeq;
    const messages = log.filter(({ seq }) => seq >= first && seq <= last);
    expect(window.messages).toEqual(messages);
    expect({ before: window.hasBefore, after: window.hasAfter }).toEqual({
      before: first > clearedSeq + 1,
      after: last < entry.lastSeq,
    });
    const { revision, starred, hidden } = conversation.marks;
    expect({
      revision,
      starred: [...starred].toSorted(byNumber),
      hidden: [...hidden].toSorted(byNumber),
    }).toEqual({
      revision: marks.revision,
      starred: marks.starred,
      hidden: marks.hidden,
    });
    expect(window.pins).toEqual(toPins(log));
    const page = {
      messages,
      pins: toPins(log),
      more: { before: first > clearedSeq + 1, after: false },
      revision: 0,
      marks,
    };
    const fresh = createChatStore(state.viewer, []);
    const seed = { entry, page };
    const view = createViewSelector(id, seed)(fresh.getState());
    const failed = world.view(id).items.filter((item) => item.kind === 'failed');
    expect(world.view(id).items).toEqual([...view.items, ...failed]);
    expect(world.view(id).pins).toEqual(view.pins);
  }
}

const byNumber = (a: number, b: number) => a - b;

/** Every text that the device's person deleted for themselves, as it is now. */
function listHidden({ server, userId }: World): string[] {
  return [...server.conversations.keys()].flatMap((id) => {
    const { clearedSeq, hidden } = server.listMarks(id, userId);
    const isHidden = ({ seq, body }: { seq: number; body: string }) =>
      body !== '' && (seq <= clearedSeq || hidden.includes(seq));
    return server
      .conversation(id)
      .log.filter(isHidden)
      .map(({ body }) => body);
  });
}

/** What is unsent on the device, without edits of messages that are not loaded: of those nothing can be known. */
function listWritten({ client, disk }: World): object[] {
  const { conversations } = client.store.getState();
  const isLoaded = (id: string, edited: number) =>
    conversations[id]?.window?.messages.some(({ seq }) => seq === edited);
  const drafts = [...disk.drafts].filter(([id, { editOf }]) => !editOf?.seq || isLoaded(id, editOf.seq));
  const items = [...disk.pending.values()].filter(
    (item) => item.kind !== 'edit' || isLoaded(item.conversationId, item.seq),
  );
  return [drafts, items];
}
