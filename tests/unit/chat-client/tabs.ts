import { onTestFinished } from 'vitest';
import { createChanges } from '#lib/chat-client/changes/changes.ts';
import { type ChatClient, createChatClient } from '#lib/chat-client/client.ts';
import { ModelNetwork } from './model-network.ts';
import { ModelServer } from './model-server.ts';

let accounts = 0;

/** An account that no other test of the file has. */
export const newAccount = () => `account-${++accounts}`;

export function createServer(account: string): ModelServer {
  const server = new ModelServer(account);
  server.addConversation('conversation');
  return server;
}

/** As browsers have it: the items are the object's own properties. */
export function createLocalStorage(): Record<string, unknown> {
  const storage: Record<string, unknown> = Object.create({
    getItem: (key: string) => storage[key] ?? null,
    setItem(key: string, value: string) {
      storage[key] = value;
    },
    removeItem(key: string) {
      delete storage[key];
    },
  });
  return storage;
}

type BeforeStart = (actions: ChatClient['actions']) => void;

/**
 * One tab of an account, on the real IndexedDB storage, locks and channel; it is closed with the test. `beforeStart` is
 * what screens do before the client starts.
 */
export function openTab(server: ModelServer, userId: string, beforeStart: BeforeStart = () => {}) {
  const network = new ModelNetwork(server);
  network.isInstant = true;
  const client = createChatClient({
    viewer: { userId, username: 'minji' },
    initialConversations: [],
    createTransport: () => network.createTransport(),
    watch: () => () => {},
    createReload: () => ({ outdated() {} }),
    importChanges: async () => ({ createChanges }),
  });
  beforeStart(client.actions);
  const stop = client.start(() => {});
  onTestFinished(stop);
  const { send, setDraft, ...actions } = client.actions;
  return {
    client,
    network,
    stop,
    ...actions,
    send: (id: string, text: string) => send(id, { text }),
    setDraft: (id: string, text: string) => setDraft(id, { text }),
    /** The draft of the one conversation. */
    draft: () => actions.getDraft('conversation').text,
    /** What is unsent in it, in the order shown. */
    texts: () =>
      (client.store.getState().conversations.conversation?.pending ?? []).flatMap((item) =>
        item.kind === 'send' ? [item.draft.text] : [],
      ),
  };
}
