import { expect, vi } from 'vitest';
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
  server = new ModelServer();
  network = new ModelNetwork(this.server);
  disk = new Disk();
  /** Hears when the page is to be loaded anew, and when it no longer needs to. */
  pageReload = { outdated: vi.fn(), connected: vi.fn() };
  client: ChatClient = this.createClient();
  private stop: () => void = () => {};

  constructor(conversations: readonly string[] = ['conversation']) {
    for (const id of conversations) this.server.addConversation(id);
    this.network.listen();
  }

  private createClient(): ChatClient {
    return createChatClient({
      viewer,
      initialConversations: [],
      createTransport: () => this.network.createTransport(),
      createStorage: () => this.disk.open(),
      createDrafts: () => this.disk.openDrafts(),
      watch: () => () => {},
      createReload: () => this.pageReload,
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
  async settle(): Promise<void> {
    this.network.connect();
    for (let quiet = 0; quiet < 3; ) {
      await vi.advanceTimersByTimeAsync(0);
      if (this.network.queue.length > 0) {
        quiet = 0;
        this.network.deliver();
      } else {
        quiet++;
        await vi.advanceTimersByTimeAsync(21_000);
      }
    }
  }
}

/** Asserts that the client shows exactly what a fresh fetch of the same stretch would. */
export function expectFresh(world: World): void {
  const state = world.client.store.getState();
  for (const [id, { log }] of world.server.conversations) {
    const conversation = state.conversations[id];
    expect(conversation?.entry).toEqual(world.server.entry(id));
    expect(conversation && needsSync(conversation)).toBe(false);
    expect(conversation?.pending.filter((item) => item.state === 'sending')).toEqual([]);
    const window = conversation?.window;
    if (!window) continue;
    const first = window.messages[0]?.seq ?? 1;
    const last = window.messages.at(-1)?.seq ?? 0;
    expect(window.messages).toEqual(log.slice(first - 1, last));
    expect({ before: window.hasBefore, after: window.hasAfter }).toEqual({
      before: first > 1,
      after: last < log.length,
    });
    const page = {
      messages: log.slice(first - 1, last),
      more: { before: first > 1, after: false },
      revision: 0,
    };
    const fresh = createChatStore(viewer, []);
    const seed = { entry: world.server.entry(id), page };
    const view = createViewSelector(id, seed)(fresh.getState());
    const failed = world.view(id).items.filter((item) => item.kind === 'failed');
    expect(world.view(id).items).toEqual([...view.items, ...failed]);
  }
}
