import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ErrorCode } from '#lib/chat/types.ts';
import type { Draft } from '#lib/chat-client/outbox/draft.ts';
import type { OutboxItem } from '#lib/chat-client/outbox/outbox-item.ts';
import { createOutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';
import type { ModelServer } from './model-server.ts';
import { createLocalStorage, createServer, newAccount, openTab } from './tabs.ts';

/** Edits, deletions, undos and reactions on their way to the server, and what is written meanwhile. */

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));
afterEach(() => vi.unstubAllGlobals());

const id = 'conversation';
const messageOf = (server: ModelServer, seq: number) => server.conversation(id).log[seq - 1];
const refuse = (code: ErrorCode) => () => ({ ok: false as const, error: { code } });

/** A tab whose conversation holds the viewer's messages, which it shows, without a connection; the server knows them. */
async function begin(...texts: string[]) {
  const account = newAccount();
  const server = createServer(account);
  for (const body of texts) server.send(account, { conversationId: id, clientId: body, body });
  const tab = openTab(server, account);
  tab.network.listen();
  tab.network.connect();
  tab.open(id);
  const conversation = () => tab.client.store.getState().conversations[id];
  await vi.waitFor(() => expect(conversation()?.window?.messages).toHaveLength(texts.length));
  await vi.waitFor(() => expect(conversation()?.entry?.lastSeq).toBe(texts.length));
  tab.network.disconnect();
  tab.network.sent = [];
  const { actions } = tab.client;
  return {
    account,
    server,
    tab,
    actions,
    draft: () => actions.getDraft(id),
    notice: () => conversation()?.notice,
    write: (draft: Draft) => actions.setDraft(id, draft),
    /** Sends what stands in the composer with another text. */
    send: (text: string) => actions.send(id, { ...actions.getDraft(id), text }),
    edit(seq: number, text: string) {
      actions.startEdit(id, seq);
      return actions.send(id, { ...actions.getDraft(id), text });
    },
    asked: () => tab.network.sent.filter(({ event }) => event.startsWith('message:')),
    /** What lies on the disk once that many are there. */
    async kept(count: number): Promise<OutboxItem[]> {
      const storage = createOutboxStorage(account);
      onTestFinished(() => storage.close());
      let items: OutboxItem[] = [];
      await vi.waitFor(async () => {
        items = await storage.load();
        expect(items).toHaveLength(count);
      });
      return items;
    },
  };
}

/** The same account after a reload, connected. */
function reopen(server: ModelServer, account: string) {
  const tab = openTab(server, account);
  tab.network.listen();
  tab.network.connect();
  tab.open(id);
  return tab;
}

test('edits of one message that wait become the last of them, which goes once, also after a reload', async () => {
  const { server, account, tab, edit, kept } = await begin('first');
  edit(1, 'second');
  edit(1, 'third');
  expect(await kept(1)).toEqual([expect.objectContaining({ kind: 'edit', text: 'third', baseRevision: 1 })]);
  tab.stop();
  const next = reopen(server, account);
  await vi.waitFor(() => expect(messageOf(server, 1)).toMatchObject({ body: 'third' }));
  expect(next.network.sent.filter(({ event }) => event === 'message:edit')).toHaveLength(1);
  await kept(0);
});

test('changes go in the order in which they were made, after the messages before them', async () => {
  const { tab, actions, send, edit, asked, kept } = await begin('first', 'second');
  send('third');
  edit(1, 'first again');
  actions.react(id, 2, '👍', true);
  send('fourth');
  await kept(4);
  tab.network.connect();
  await kept(0);
  const events = ['send', 'edit', 'react', 'send'].map((name) => `message:${name}`);
  expect(asked().map(({ event }) => event)).toEqual(events);
});

test('edits and reactions go before the deletion of their message, and its undo brings them back', async () => {
  const { server, account, tab, actions, edit, asked, kept } = await begin('first');
  edit(1, 'first again');
  actions.react(id, 1, '👍', true);
  actions.deleteForBoth(id, 1);
  await kept(3);
  tab.network.connect();
  await kept(0);
  const events = ['edit', 'react', 'delete'].map((name) => `message:${name}`);
  expect(asked().map(({ event }) => event)).toEqual(events);
  expect(messageOf(server, 1)).toMatchObject({ body: '', vanished: true });
  actions.undelete(id, 1);
  const reactions = [expect.objectContaining({ emoji: '👍', userIds: [account] })];
  await vi.waitFor(() => expect(messageOf(server, 1)).toMatchObject({ body: 'first again', reactions }));
});

test('a deletion that waits and its undo come to nothing, and what was changed before stays changed', async () => {
  const { server, tab, actions, edit, asked, kept } = await begin('first');
  edit(1, 'first again');
  actions.deleteForBoth(id, 1);
  await kept(2);
  actions.undelete(id, 1);
  await kept(1);
  tab.network.connect();
  await vi.waitFor(() => expect(messageOf(server, 1)).toMatchObject({ body: 'first again' }));
  await kept(0);
  expect(asked()).toHaveLength(1);
});

test('a deletion that went is taken back by the server, and the message is what it was', async () => {
  const { server, tab, actions, kept } = await begin('first');
  const before = messageOf(server, 1);
  tab.network.connect();
  actions.deleteForBoth(id, 1);
  await vi.waitFor(() => expect(messageOf(server, 1)?.deletedAt).toBeDefined());
  actions.undelete(id, 1);
  await vi.waitFor(() => expect(messageOf(server, 1)).toEqual({ ...before, revision: 3 }));
  await kept(0);
});

test('a reaction that waits and its opposite come to nothing; other emoji and other messages are not concerned', async () => {
  const { actions, kept } = await begin('first', 'second');
  actions.react(id, 1, '👍', true);
  actions.react(id, 1, '👍', true);
  actions.react(id, 1, '❤️', true);
  actions.react(id, 2, '👍', true);
  await kept(3);
  actions.react(id, 1, '👍', false);
  expect(await kept(2)).toEqual([
    expect.objectContaining({ seq: 1, emoji: '❤️', on: true }),
    expect.objectContaining({ seq: 2, emoji: '👍', on: true }),
  ]);
});

test('a pin that waits and its opposite come to nothing; reactions and deletions are not concerned', async () => {
  const { server, tab, actions, kept } = await begin('first', 'second');
  actions.pin(id, 1, true);
  actions.pin(id, 1, true);
  actions.pin(id, 2, true);
  actions.react(id, 1, '👍', true);
  actions.deleteForBoth(id, 1);
  await kept(4);
  actions.pin(id, 1, false);
  actions.undelete(id, 1);
  await kept(2);
  tab.network.connect();
  await kept(0);
  expect(messageOf(server, 1)).toMatchObject({ reactions: [{ emoji: '👍' }] });
  expect(messageOf(server, 1)).not.toHaveProperty('pinnedAt');
  expect(messageOf(server, 2)).toMatchObject({ pinnedAt: expect.any(String) });
});

test('an edit keeps the draft that stood there, which comes back when it is sent or cancelled', async () => {
  const { server, account, tab, actions, draft, write, send } = await begin('first');
  const kept = { text: 'half a thought', replyToSeq: 1 };
  write(kept);
  expect(actions.startEdit(id, 1)).toBe(true);
  expect(draft()).toEqual({ text: 'first', editOf: { seq: 1, baseRevision: 1, kept } });
  const other = openTab(server, account);
  await vi.waitFor(() => expect(other.client.actions.getDraft(id)).toEqual(draft()));
  tab.stop();

  const next = openTab(server, account);
  expect(next.client.actions.getDraft(id).editOf).toEqual({ seq: 1, baseRevision: 1, kept });
  next.client.actions.cancelEdit(id);
  await vi.waitFor(() => expect(next.client.actions.getDraft(id)).toEqual(kept));
  await vi.waitFor(() => expect(other.client.actions.getDraft(id)).toEqual(kept));

  write(kept);
  actions.startEdit(id, 1);
  expect(send('first again')).toBeTruthy();
  expect(draft()).toEqual(kept);
});

test('an edit that changes nothing asks for nothing, and an empty one is ignored', async () => {
  const { actions, draft, send, kept } = await begin('first');
  actions.startEdit(id, 1);
  expect(send('  ')).toBeNull();
  expect(draft().editOf?.seq).toBe(1);
  expect(send(' first ')).toBe('');
  expect(draft()).toEqual({ text: '' });
  await kept(0);
});

test('a refused edit comes back to the composer as an edit of the present text, and is sent again', async () => {
  const { server, tab, draft, notice, edit, send, kept } = await begin('first');
  edit(1, 'here');
  await kept(1);
  server.edit(id, 1);
  tab.network.connect();
  await vi.waitFor(() => expect(notice()).toEqual({ kind: 'edit', seq: 1, code: 'conflict' }));
  expect(draft()).toEqual({ text: 'here', editOf: { seq: 1, baseRevision: 2, kept: { text: '' } } });
  await kept(0);
  send('here');
  await vi.waitFor(() => expect(messageOf(server, 1)).toMatchObject({ body: 'here', revision: 3 }));
  expect(notice()).toBeNull();
});

test('while something else is being written a refused edit waits, also over a reload, and comes back after', async () => {
  const { server, account, tab, draft, edit, write, kept } = await begin('first');
  edit(1, 'refused');
  write({ text: 'being written' });
  await kept(1);
  server.edit(id, 1);
  tab.network.connect();
  await vi.waitFor(async () => expect(await kept(1)).toMatchObject([{ kind: 'edit', state: 'failed' }]));
  expect(draft()).toEqual({ text: 'being written' });
  tab.stop();

  const next = reopen(server, account);
  const conversation = () => next.client.store.getState().conversations[id];
  await vi.waitFor(() => expect(conversation()?.pending).toHaveLength(1));
  await vi.waitFor(() => expect(conversation()?.window).toBeTruthy());
  next.send(id, 'being written');
  const editOf = { seq: 1, baseRevision: 2, kept: { text: '' } };
  expect(next.client.actions.getDraft(id)).toEqual({ text: 'refused', editOf });
  await kept(0);
});

test('a newer text for the same message that is being written takes the place of a refused one', async () => {
  const { server, tab, actions, draft, notice, edit, write, kept } = await begin('first');
  edit(1, 'older');
  actions.startEdit(id, 1);
  write({ ...draft(), text: 'newer' });
  server.edit(id, 1);
  tab.network.connect();
  await vi.waitFor(() => expect(notice()).toMatchObject({ code: 'conflict' }));
  expect(draft()).toMatchObject({ text: 'newer', editOf: { seq: 1, baseRevision: 2 } });
  await kept(0);
});

test.each<[ErrorCode, 'delete' | 'undelete' | 'react' | 'pin']>([
  ['not_found', 'delete'],
  ['too_late', 'undelete'],
  ['invalid', 'react'],
  ['blocked', 'react'],
  ['invalid', 'pin'],
  ['blocked', 'pin'],
])('what the server refuses as %s (%s) is dropped, and told until it is dismissed', async (code, kind) => {
  const { server, tab, actions, notice, kept } = await begin('first');
  server.refuseChange = refuse(code);
  tab.network.connect();
  if (kind === 'delete') actions.deleteForBoth(id, 1);
  if (kind === 'undelete') actions.undelete(id, 1);
  if (kind === 'react') actions.react(id, 1, '👍', true);
  if (kind === 'pin') actions.pin(id, 1, true);
  await vi.waitFor(() => expect(notice()).toEqual({ kind, seq: 1, code }));
  await kept(0);
  actions.dismissNotice(id);
  expect(notice()).toBeNull();
});

test('what was wanted before the session ended is wanted still', async () => {
  const { server, tab, actions, notice, kept } = await begin('first');
  server.refuseChange = refuse('unauthorized');
  tab.network.connect();
  actions.deleteForBoth(id, 1);
  await vi.waitFor(() => expect(tab.network.sent.some(({ event }) => event === 'message:delete')).toBe(true));
  tab.network.disconnect();
  await kept(1);
  expect(notice()).toBeNull();
});

test('an edit made while another of the same message is on its way is no conflict with it', async () => {
  const { server, tab, edit, notice, kept } = await begin('first');
  tab.network.isInstant = false;
  tab.network.connect();
  edit(1, 'second');
  await vi.waitFor(() => expect(tab.network.sent.some(({ event }) => event === 'message:edit')).toBe(true));
  // The server has it, and its answer is lost.
  while (messageOf(server, 1)?.body !== 'second') tab.network.deliver();
  tab.network.queue = [];
  tab.network.disconnect();
  edit(1, 'third');
  await kept(2);
  tab.network.isInstant = true;
  tab.network.connect();
  await vi.waitFor(() => expect(messageOf(server, 1)).toMatchObject({ body: 'third', revision: 3 }));
  await kept(0);
  expect(notice()).toBeNull();
});

test('a further edit of a text that waits does not overwrite unseen what was written elsewhere meanwhile', async () => {
  const { server, tab, draft, notice, edit, kept } = await begin('first');
  // The server is slow, not gone: the tab hears of what happens elsewhere.
  server.refuseChange = refuse('unavailable');
  tab.network.connect();
  edit(1, 'second');
  await kept(1);
  server.edit(id, 1);
  const revision = () => tab.client.store.getState().conversations[id]?.window?.revision;
  await vi.waitFor(() => expect(revision()).toBe(2));
  edit(1, 'third');
  await kept(2);
  server.refuseChange = null;
  await vi.waitFor(() => expect(notice()).toMatchObject({ code: 'conflict' }), { timeout: 5_000 });
  await kept(0);
  expect(messageOf(server, 1)).toMatchObject({ body: '«first again»' });
  expect(draft()).toMatchObject({ text: 'third', editOf: { baseRevision: 2 } });
});

test('a message that waits is edited in its place, without a mark; cancelled, it waits on as it was', async () => {
  const { server, tab, actions, draft, write, send, kept } = await begin();
  const [first = ''] = ['one', 'two'].map((text) => send(text));
  write({ text: 'half a thought' });
  expect(await actions.editUnsent(id, first as string)).toBe(true);
  expect(draft()).toMatchObject({ text: 'one', editOf: { kept: { text: 'half a thought' } } });
  await kept(1);
  actions.cancelEdit(id);
  expect(draft()).toEqual({ text: 'half a thought' });
  expect(await kept(2)).toMatchObject([{ draft: { text: 'one' } }, { draft: { text: 'two' } }]);

  expect(await actions.editUnsent(id, first as string)).toBe(true);
  expect(send('one again')).toBe(first);
  expect(tab.texts()).toEqual(['one again', 'two']);
  tab.network.connect();
  await kept(0);
  expect(server.conversation(id).log.map(({ body }) => body)).toEqual(['one again', 'two']);
  expect(messageOf(server, 1)?.editedAt).toBeUndefined();
  expect(await actions.editUnsent(id, first as string)).toBe(false);
});

test('an edit of a message that waits survives a reload, and so does what it was', async () => {
  const { server, account, tab, actions, send, kept } = await begin();
  const clientId = send('one') ?? '';
  expect(await actions.editUnsent(id, clientId)).toBe(true);
  await kept(0);
  tab.stop();
  const next = openTab(server, account);
  expect(next.draft()).toBe('one');
  next.client.actions.cancelEdit(id);
  await vi.waitFor(() => expect(next.texts()).toEqual(['one']));
  await kept(1);
});

test('what is typed before the page is ready goes on with the edit that was kept', async () => {
  const { server, account, tab, actions, write, send, kept } = await begin();
  const clientId = send('one') ?? '';
  write({ text: 'half a thought' });
  expect(await actions.editUnsent(id, clientId)).toBe(true);
  await kept(0);
  tab.stop();
  const next = openTab(server, account, ({ getDraft, setDraft }) =>
    setDraft(id, { ...getDraft(id), text: 'typed early' }),
  );
  expect(next.draft()).toBe('typed early');
  next.client.actions.cancelEdit(id);
  await vi.waitFor(() => expect(next.draft()).toBe('half a thought'));
  expect(next.texts()).toEqual(['one']);
  await kept(1);
});

test('what is deleted elsewhere while it is being edited is edited no more', async () => {
  const { server, account, tab, actions, draft, write } = await begin('first');
  write({ text: 'half a thought' });
  actions.startEdit(id, 1);
  server.delete(account, { conversationId: id, seq: 1, scope: 'both' });
  tab.network.connect();
  await vi.waitFor(() => expect(draft()).toEqual({ text: 'half a thought' }));
  expect(JSON.stringify(Object.values(localStorage))).not.toContain('first');
});

test('an edit whose message was deleted elsewhere is dropped: deletion beats edit', async () => {
  const { server, account, tab, draft, notice, edit, kept } = await begin('first');
  edit(1, 'first again');
  await kept(1);
  server.delete(account, { conversationId: id, seq: 1, scope: 'both' });
  tab.network.connect();
  await vi.waitFor(() => expect(notice()).toMatchObject({ kind: 'edit', code: 'conflict' }));
  await kept(0);
  await vi.waitFor(() => expect(draft()).toEqual({ text: '' }));
});

test('the newest of one’s own messages that can be edited is found, one that waits first', async () => {
  const { server, account, tab, actions, draft, send } = await begin('first', 'second');
  server.send('partner', { conversationId: id, clientId: 'theirs', body: 'theirs' });
  server.delete(account, { conversationId: id, seq: 2, scope: 'both' });
  tab.network.connect();
  await vi.waitFor(() => expect(tab.client.store.getState().conversations[id]?.entry?.revision).toBe(4));
  tab.network.disconnect();
  expect(actions.editNewest(id)).toBe(true);
  expect(draft()).toMatchObject({ text: 'first', editOf: { seq: 1 } });
  actions.cancelEdit(id);
  send('waits');
  expect(actions.editNewest(id)).toBe(true);
  await vi.waitFor(() => expect(draft()).toMatchObject({ text: 'waits' }));
});

test('a message whose deletion is on its way is passed over for the one before it', async () => {
  const { actions, draft, kept } = await begin('first', 'second');
  actions.deleteForBoth(id, 2);
  await kept(1);
  expect(actions.editNewest(id)).toBe(true);
  expect(draft()).toMatchObject({ text: 'first', editOf: { seq: 1 } });
});

test('the partner’s messages, deleted ones and those of the day before yesterday are not edited', async () => {
  const { server, tab, actions, draft } = await begin('first');
  server.send('partner', { conversationId: id, clientId: 'theirs', body: 'theirs' });
  tab.network.connect();
  await vi.waitFor(() => expect(tab.client.store.getState().conversations[id]?.entry?.lastSeq).toBe(2));
  expect(actions.startEdit(id, 2)).toBe(false);
  expect(actions.startEdit(id, 9)).toBe(false);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(actions.startEdit(id, 1)).toBe(false);
  expect(actions.editNewest(id)).toBe(false);
  expect(draft()).toEqual({ text: '' });
});

test('a reply is part of the draft: it begins, ends an edit, and is cancelled', async () => {
  const { server, tab, actions, draft, write, send } = await begin('first', 'second');
  write({ text: 'so' });
  actions.startEdit(id, 2);
  actions.startReply(id, 1);
  expect(draft()).toEqual({ text: 'so', replyToSeq: 1 });
  actions.cancelReply(id);
  expect(draft()).toEqual({ text: 'so' });
  actions.startReply(id, 2);
  send('so');
  expect(draft()).toEqual({ text: '' });
  tab.network.connect();
  await vi.waitFor(() => expect(messageOf(server, 3)).toMatchObject({ body: 'so', replyToSeq: 2 }));
});

test('another tab shows what changes in this one, and what was refused', async () => {
  const { server, account, tab, actions, notice } = await begin('first');
  const other = openTab(server, account);
  const there = () => other.client.store.getState().conversations[id];
  actions.react(id, 1, '👍', true);
  await vi.waitFor(() => expect(there()?.pending).toMatchObject([{ kind: 'react' }]));
  server.refuseChange = refuse('blocked');
  tab.network.connect();
  await vi.waitFor(() => expect(there()?.notice).toEqual({ kind: 'react', seq: 1, code: 'blocked' }));
  expect(there()?.pending).toEqual([]);
  expect(notice()).toEqual(there()?.notice);
});
