import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createOutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';
import { createListSelectors } from '#lib/chat-client/views/list-selectors.ts';
import { createRowSelector, createViewSelector } from '#lib/chat-client/views/selectors.ts';
import type { ModelServer } from './model-server.ts';
import { PARTNER } from './model-server.ts';
import { createLocalStorage, createServer, newAccount, openTab } from './tabs.ts';

/** What a person keeps to themselves: stars, and what they delete for themselves alone. */

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));
afterEach(() => vi.unstubAllGlobals());

const id = 'conversation';

function openView(server: ModelServer, account: string) {
  const tab = openTab(server, account);
  tab.open(id);
  const getState = () => tab.client.store.getState();
  const view = createViewSelector(id);
  const row = createRowSelector(id);
  const list = createListSelectors();
  return {
    ...tab,
    actions: tab.client.actions,
    view: () => view(getState()),
    items: () => view(getState()).items.map(({ body }) => body),
    stars: () => view(getState()).items.flatMap(({ isStarred, seq }) => (isStarred ? [seq] : [])),
    row: () => row(getState()),
    list: () => list.list(getState()),
    pending: () => getState().conversations[id]?.pending ?? [],
  };
}

/** A conversation of five messages, which a tab shows without a connection. */
async function begin() {
  const account = newAccount();
  const server = createServer(account);
  for (let index = 1; index <= 5; index++) {
    const replyToSeq = index === 5 ? { replyToSeq: 2 } : {};
    const input = { conversationId: id, clientId: `${index}`, body: `text ${index}`, ...replyToSeq };
    server.send(index % 2 ? account : PARTNER, input);
  }
  const tab = openView(server, account);
  tab.network.listen();
  tab.network.connect();
  await vi.waitFor(() => expect(tab.items()).toHaveLength(5));
  await vi.waitFor(() => expect(tab.row().lastMessage?.seq).toBe(5));
  tab.network.disconnect();
  return { account, server, tab };
}

test('without a connection marks show at once, in every part, and are told after a reload', async () => {
  const { account, server, tab } = await begin();
  tab.actions.star(id, 1, true);
  tab.actions.star(id, 2, true);
  tab.actions.star(id, 2, true);
  await vi.waitFor(() => expect(tab.stars()).toEqual([1, 2]));
  tab.actions.deleteForMe(id, 2);
  tab.actions.deleteForMe(id, 4);
  await vi.waitFor(() => expect(tab.items()).toEqual(['text 1', 'text 3', 'text 5']));
  expect(tab.view().items[2]?.replyTo).toMatchObject({ seq: 2, body: '' });
  expect(tab.stars()).toEqual([1]);
  tab.actions.deleteForMe(id, 5);
  await vi.waitFor(() => expect(tab.row().lastMessage?.seq).toBe(3));
  tab.actions.star(id, 1, false);
  await vi.waitFor(() => expect(tab.stars()).toEqual([]));
  // The star that had not been tried goes with the wish to take it away.
  await vi.waitFor(() =>
    expect(tab.pending().map(({ kind }) => kind)).toEqual(['star', 'hide', 'hide', 'hide']),
  );
  const storage = createOutboxStorage(account);
  onTestFinished(() => storage.close());
  await vi.waitFor(async () => expect(await storage.load()).toHaveLength(4));
  tab.stop();
  expect(server.listMarks(id)).toMatchObject({ revision: 0 });

  const later = openView(server, account);
  later.network.listen();
  later.network.connect();
  await vi.waitFor(() => expect(server.listMarks(id)).toMatchObject({ starred: [], hidden: [2, 4, 5] }));
  await vi.waitFor(() => expect(later.pending()).toEqual([]));
  await vi.waitFor(() => expect(later.items()).toEqual(['text 1', 'text 3']));
  expect(JSON.stringify(later.client.store.getState().conversations[id]?.window)).not.toMatch(/text [245]/);
  await vi.waitFor(() => expect(later.row().lastMessage?.seq).toBe(3));
  expect(await later.actions.jumpTo(id, 4)).toBe('missing');
});

test('deleting a conversation empties it and takes it off the list until something is said there', async () => {
  const { account, server, tab } = await begin();
  tab.actions.setDraft(id, { text: 'half a thought' });
  tab.actions.clearConversation(id);
  await vi.waitFor(() => expect(tab.list()).toEqual([]));
  expect(tab.view()).toMatchObject({ items: [], hasBefore: false });
  expect(tab.actions.getDraft(id).text).toBe('');
  tab.network.connect();
  await vi.waitFor(() => expect(server.listMarks(id)).toMatchObject({ clearedSeq: 5 }));
  await vi.waitFor(() => expect(tab.pending()).toEqual([]));
  expect(tab.list()).toEqual([]);
  expect(tab.view().entry).toMatchObject({ lastMessage: null, unread: 0, marks: { removed: true } });
  // The partner changes and answers what is gone here.
  server.react(PARTNER, { conversationId: id, seq: 1, emoji: '👍', on: true });
  server.send(PARTNER, { conversationId: id, clientId: 'new', body: 'new', replyToSeq: 1 });
  await vi.waitFor(() => expect(tab.items()).toEqual(['new']));
  expect(tab.view().items[0]?.replyTo).toMatchObject({ seq: 1, body: '' });
  expect(tab.list()).toMatchObject([{ unread: 1, lastMessage: { seq: 6 } }]);
  expect(tab.view().hasBefore).toBe(false);
  // What waits to be sent is no part of it yet.
  tab.network.disconnect();
  tab.actions.send(id, { text: 'waits' });
  tab.actions.clearConversation(id);
  await vi.waitFor(() => expect(tab.items()).toEqual(['waits']));
  expect(tab.list()).toHaveLength(1);
  tab.network.connect();
  await vi.waitFor(() => expect(server.conversation(id).log).toHaveLength(7));
  await vi.waitFor(() => expect(tab.items()).toEqual(['waits']));
  expect(account).toBe(server.me);
});

test.each(['open', 'in the list alone'])(
  'what vanished brings a deleted conversation that is %s back to nobody',
  async (how) => {
    const { account, server, tab } = await begin();
    const device = how === 'open' ? tab : openTab(server, account);
    device.network.listen();
    device.network.connect();
    const list = createListSelectors();
    const listed = () => list.list(device.client.store.getState()).map(({ lastMessage }) => lastMessage?.seq);
    await vi.waitFor(() => expect(listed()).toEqual([5]));
    server.clear(account, { conversationId: id, upToSeq: 5 });
    await vi.waitFor(() => expect(listed()).toEqual([]));
    const hold = vi.spyOn(server, 'moveCursor').mockReturnValue({ ok: true, seq: 0 });
    onTestFinished(() => hold.mockRestore());
    server.send(PARTNER, { conversationId: id, clientId: 'new', body: 'new' });
    await vi.waitFor(() => expect(listed()).toEqual([6]));
    server.delete(PARTNER, { conversationId: id, seq: 6 });
    await vi.waitFor(() => expect(listed()).toEqual([]));
    server.undelete(PARTNER, { conversationId: id, seq: 6 });
    await vi.waitFor(() => expect(listed()).toEqual([6]));
  },
);

test('what is written about a message goes with it, here and where another device deleted it', async () => {
  const { server, tab, account } = await begin();
  tab.network.connect();
  tab.actions.setDraft(id, { text: 'my answer' });
  tab.actions.startReply(id, 2);
  await vi.waitFor(() => expect(tab.actions.getDraft(id).replyToSeq).toBe(2));
  tab.actions.deleteForMe(id, 2);
  await vi.waitFor(() => expect(tab.actions.getDraft(id)).toEqual({ text: 'my answer' }));
  tab.actions.startEdit(id, 3);
  await vi.waitFor(() =>
    expect(tab.actions.getDraft(id)).toMatchObject({ text: 'text 3', editOf: { seq: 3 } }),
  );
  server.hide(account, { conversationId: id, seq: 3 });
  await vi.waitFor(() => expect(tab.actions.getDraft(id)).toEqual({ text: 'my answer' }));
});

test('a mark that is refused for good goes, and is told', async () => {
  const { server, tab } = await begin();
  tab.actions.star(id, 1, true);
  await vi.waitFor(() => expect(tab.stars()).toEqual([1]));
  server.refuseChange = () => ({ ok: false, error: { code: 'invalid' } });
  tab.network.connect();
  await vi.waitFor(() => expect(tab.view().notice).toEqual({ kind: 'star', seq: 1, code: 'invalid' }));
  expect(tab.stars()).toEqual([]);
  expect(tab.pending()).toEqual([]);
});

test('both tabs of a device show the same, and the other hides at once what one deletes', async () => {
  const { server, tab, account } = await begin();
  const other = openView(server, account);
  other.network.connect();
  await vi.waitFor(() => expect(other.items()).toHaveLength(5));
  other.network.disconnect();
  tab.actions.deleteForMe(id, 1);
  tab.actions.star(id, 2, true);
  await vi.waitFor(() => expect(other.items()).toHaveLength(4));
  await vi.waitFor(() => expect(other.stars()).toEqual([2]));
  tab.network.connect();
  await vi.waitFor(() => expect(tab.pending()).toEqual([]));
  // It has no connection, and hears of it from the tab.
  await vi.waitFor(() => expect(other.pending()).toEqual([]));
  expect(other.items()).toHaveLength(4);
  expect(other.stars()).toEqual([2]);
});
