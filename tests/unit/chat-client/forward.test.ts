import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createOutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';
import { createViewSelector } from '#lib/chat-client/views/selectors.ts';
import { createLocalStorage, createServer, newAccount, openTab } from './tabs.ts';

/** Messages that are forwarded: what is shown meanwhile, what goes, and what becomes of one whose original is gone. */

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));
afterEach(() => vi.unstubAllGlobals());

const id = 'conversation';
const target = 'other';

/** A tab that shows three messages of the partner's and has a second conversation, without a connection. */
async function begin() {
  const account = newAccount();
  const server = createServer(account);
  server.addConversation(target);
  for (const body of ['one', 'two', 'three']) {
    server.send('partner', { conversationId: id, clientId: body, body });
  }
  const tab = openTab(server, account);
  tab.network.listen();
  tab.network.connect();
  tab.open(id);
  const { client } = tab;
  const conversation = () => client.store.getState().conversations[id];
  await vi.waitFor(() => expect(conversation()?.window?.messages).toHaveLength(3));
  await vi.waitFor(() => expect(client.store.getState().conversations[target]?.entry).toBeTruthy());
  await client.actions.startReply(id, 1);
  tab.network.disconnect();
  const storage = createOutboxStorage(account);
  onTestFinished(() => storage.close());
  return {
    account,
    server,
    tab,
    storage,
    actions: client.actions,
    log: () => server.conversation(target).log,
    pending: () => client.store.getState().conversations[target]?.pending ?? [],
  };
}

test('forwarded offline they stand in the target at once, wait over a reload, and go in order with their mark', async () => {
  const { account, server, tab, storage, actions, log, pending } = await begin();
  actions.forward(id, { toIds: [target], seqs: [1, 3] });
  expect(pending().map((item) => item.kind === 'send' && item.draft)).toEqual([
    { text: 'one', forwardOf: { conversationId: id, seq: 1 } },
    { text: 'three', forwardOf: { conversationId: id, seq: 3 } },
  ]);
  expect(tab.client.select.list(tab.client.store.getState())[0]?.conversationId).toBe(target);
  await vi.waitFor(async () => expect(await storage.load()).toHaveLength(2));
  tab.stop();
  // Its present text is what is copied.
  server.edit(id, 1);
  const next = openTab(server, account);
  next.network.connect();
  await vi.waitFor(() => expect(log()).toHaveLength(2));
  expect(log().map(({ body, forwarded }) => [body, forwarded])).toEqual([
    ['\u00abone again\u00bb', true],
    ['three', true],
  ]);
  await vi.waitFor(async () => expect(await storage.load()).toEqual([]));
  next.open(target);
  const items = () => createViewSelector(target)(next.client.store.getState()).items;
  await vi.waitFor(() => expect(items().map(({ body }) => body)).toEqual(['\u00abone again\u00bb', 'three']));
});

test('where the original is gone the copy is refused, and nothing of its text stays on the device', async () => {
  const { server, tab, storage, actions, log, pending } = await begin();
  actions.forward(id, { toIds: [target], seqs: [2] });
  await vi.waitFor(async () => expect(await storage.load()).toHaveLength(1));
  server.delete('partner', { conversationId: id, seq: 2, scope: 'both' });
  tab.network.connect();
  const refused = { state: 'failed', errorCode: 'not_found', draft: { text: '' } };
  await vi.waitFor(() => expect(pending()[0]).toMatchObject(refused));
  await vi.waitFor(async () => expect(await storage.load()).toMatchObject([refused]));
  expect(log()).toEqual([]);
  // Brought back, it can be sent after all.
  server.undelete('partner', { conversationId: id, seq: 2 });
  actions.retry(target, pending()[0]?.clientId ?? '');
  await vi.waitFor(() => expect(log()).toMatchObject([{ body: 'two', forwarded: true }]));
});

test('one that waits is taken back without its text in the composer, and is not edited', async () => {
  const { storage, actions, pending } = await begin();
  actions.forward(id, { toIds: [target], seqs: [2] });
  const clientId = pending()[0]?.clientId ?? '';
  await vi.waitFor(async () => expect(await storage.load()).toHaveLength(1));
  expect(await actions.editUnsent(target, clientId)).toBe(false);
  expect(await actions.editNewest(target)).toBe(false);
  expect(await actions.takeBack(target, clientId)).toBe(true);
  expect(actions.getDraft(target)).toEqual({ text: '' });
  expect(pending()).toEqual([]);
  expect(await storage.load()).toEqual([]);
});

test('what is not there or was deleted is not forwarded, and not counted', async () => {
  const { server, tab, actions, pending } = await begin();
  tab.network.connect();
  server.delete('partner', { conversationId: id, seq: 2, scope: 'both' });
  await vi.waitFor(() =>
    expect(tab.client.store.getState().conversations[id]?.window?.messages[1]?.deletedAt).toBeTruthy(),
  );
  expect(await actions.forward(id, { toIds: [target], seqs: [2, 9] })).toBe(0);
  expect(pending()).toEqual([]);
  expect(await actions.forward(id, { toIds: [target], seqs: [1, 2] })).toBe(1);
  expect(pending()).toMatchObject([{ draft: { text: 'one' } }]);
});
