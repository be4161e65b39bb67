import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createOutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';
import { FirstReleaseTab, writeFirst } from '../../support/first-release.ts';
import { createLocalStorage, createServer, newAccount, openTab } from './tabs.ts';

/** Releases that meet on one device: what an older or a newer one left there, and tabs that still run it. */

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));
afterEach(() => vi.unstubAllGlobals());

function openFirstTab(account: string) {
  const tab = new FirstReleaseTab(account);
  onTestFinished(() => tab.stop());
  return tab;
}

/** The raw records of an account's database, of whatever version. */
async function readDisk(account: string): Promise<Record<string, unknown>[]> {
  const db = await openDB(`dandul-${account}`);
  const records = await db.getAll('outbox');
  db.close();
  return records;
}

/** The database as a later release may leave it. */
async function upgradeFurther(account: string, ...records: object[]) {
  const db = await openDB(`dandul-${account}`, 7, {
    upgrade(upgraded, oldVersion, _, transaction) {
      if (oldVersion === 0) {
        const created = upgraded.createObjectStore('outbox', { keyPath: ['conversationId', 'clientId'] });
        created.createIndex('conversationId', 'conversationId');
      }
      upgraded.createObjectStore('later');
      for (const record of records) void transaction.objectStore('outbox').put(record);
    },
  });
  db.close();
}

const ofConversation = {
  conversationId: 'conversation',
  createdAt: '2027-01-01T00:00:00.000Z',
  state: 'sending',
};
const NEWER = [
  { ...ofConversation, clientId: 'kind', order: 1, format: 2, kind: 'levitate', height: 3 },
  {
    ...ofConversation,
    clientId: 'format',
    order: 2,
    format: 9,
    kind: 'send',
    draft: { text: 'meant otherwise' },
  },
  { ...ofConversation, clientId: 'broken', order: 3, format: 2, kind: 'send', draft: 'no draft' },
];

test('what the first release left unsent is shown and sent in order, what it left refused is kept, drafts stay', async () => {
  const account = newAccount();
  const first = openFirstTab(account);
  await first.save(writeFirst('b', 'second', { isUntried: true }));
  await first.save(writeFirst('a', 'first'));
  await first.save(writeFirst('c', 'refused', { state: 'failed', errorCode: 'blocked' }));
  first.setDraft('conversation', '{"text": "no JSON of ours"}');
  first.stop();

  const server = createServer(account);
  const tab = openTab(server, account);
  await vi.waitFor(() => expect(tab.texts()).toEqual(['first', 'second', 'refused']));
  expect(tab.draft()).toBe('{"text": "no JSON of ours"}');
  expect(await readDisk(account)).toEqual(
    ['first', 'second', 'refused'].map((text) =>
      expect.objectContaining({ format: 2, kind: 'send', draft: { text } }),
    ),
  );
  tab.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.clientId)).toEqual(['a', 'b']),
  );
  await vi.waitFor(() => expect(tab.texts()).toEqual(['refused']));
  tab.retry('conversation', 'c');
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.at(-1)).toMatchObject({ clientId: 'c' }),
  );
  await vi.waitFor(async () => expect(await readDisk(account)).toEqual([]));
});

test('what the first release left unsent can be taken back', async () => {
  const account = newAccount();
  const first = openFirstTab(account);
  await first.save(writeFirst('a', 'thought better of', { isUntried: true }));
  first.stop();
  const tab = openTab(createServer(account), account);
  await vi.waitFor(() => expect(tab.texts()).toHaveLength(1));
  expect(await tab.takeBack('conversation', 'a')).toBe(true);
  expect(tab.draft()).toBe('thought better of');
  expect(await readDisk(account)).toEqual([]);
});

test('a tab that still runs the first release lets go of the database, and what it writes then is kept and sent', async () => {
  const account = newAccount();
  const first = openFirstTab(account);
  expect(await first.save(writeFirst('a', 'before'))).toBe('disk');

  const server = createServer(account);
  const tab = openTab(server, account);
  await vi.waitFor(() => expect(tab.texts()).toEqual(['before']));
  expect(await first.save(writeFirst('b', 'after'))).toBe('memory');
  first.setDraft('conversation', 'half a thought');
  await vi.waitFor(() => expect(tab.texts()).toEqual(['before', 'after']));
  await vi.waitFor(() => expect(tab.draft()).toBe('half a thought'));
  await vi.waitFor(async () => expect(await readDisk(account)).toHaveLength(2));
  first.stop();
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(next.texts()).toEqual(['before', 'after']));
  expect(next.draft()).toBe('half a thought');
  next.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.clientId)).toEqual(['a', 'b']),
  );
});

test('what a tab of the first release takes back is kept no longer, and what is told here it ignores', async () => {
  const account = newAccount();
  const first = openFirstTab(account);
  const tab = openTab(createServer(account), account);
  await first.save(writeFirst('a', 'not this'));
  await vi.waitFor(async () => expect(await readDisk(account)).toHaveLength(1));
  first.tell({ type: 'removed', conversationId: 'conversation', clientId: 'a' });
  await vi.waitFor(async () => expect(await readDisk(account)).toEqual([]));
  expect(tab.texts()).toEqual([]);
  tab.send('conversation', 'of this release');
  tab.setDraft('conversation', 'also of this one');
  await vi.waitFor(() => expect(first.heard.length).toBeGreaterThanOrEqual(2));
  expect(first.understood).toEqual([]);
});

test('a draft that a tab of the first release kept meanwhile is taken over at the next start', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.setDraft('conversation', 'older');
  tab.stop();
  openFirstTab(account).setDraft('conversation', 'newer');
  const next = openTab(server, account);
  expect(next.draft()).toBe('newer');
  next.setDraft('conversation', '');
  expect(Object.keys(localStorage)).toEqual([]);
});

test('while another tab keeps the old database open, messages go from memory, and then nothing is lost', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const account = newAccount();
  const first = openFirstTab(account);
  await first.save(writeFirst('a', 'on the disk'));
  first.stop();
  // It is frozen: it does not hear that it should let go.
  const frozen = await openDB(`dandul-${account}`, 1);
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.send('conversation', 'meanwhile');
  await vi.advanceTimersByTimeAsync(3_000);
  tab.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.body)).toEqual(['meanwhile']),
  );
  tab.network.disconnect();
  tab.send('conversation', 'offline');
  await vi.waitFor(() => expect(tab.texts()).toEqual(['offline']));

  frozen.close();
  await vi.waitFor(() => expect(tab.texts()).toEqual(['on the disk', 'offline']));
  expect(await readDisk(account)).toHaveLength(2);
  tab.network.connect();
  await vi.waitFor(async () => expect(await readDisk(account)).toEqual([]));
  expect(
    server
      .conversation('conversation')
      .log.map((m) => m.body)
      .sort(),
  ).toEqual(['meanwhile', 'offline', 'on the disk']);
});

test('a tab of this release lets a later one upgrade and goes on with the database as it is then', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.send('conversation', 'before');
  await vi.waitFor(async () => expect(await readDisk(account)).toHaveLength(1));
  await upgradeFurther(account, ...NEWER);
  tab.send('conversation', 'after');
  await vi.waitFor(async () => expect(await readDisk(account)).toHaveLength(5));
  tab.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.body)).toEqual(['before', 'after']),
  );
  await vi.waitFor(async () => expect(await readDisk(account)).toHaveLength(3));
});

test('after a downgrade what is not known is neither shown nor sent nor deleted, and what is known goes', async () => {
  const account = newAccount();
  const known = {
    ...ofConversation,
    clientId: 'known',
    order: 4,
    format: 2,
    kind: 'send',
    draft: { text: 'known' },
  };
  await upgradeFurther(account, ...NEWER, known);
  localStorage.setItem(`dandul-draft-3:${account}:conversation`, 'of a later release');
  const server = createServer(account);
  const tab = openTab(server, account);
  await vi.waitFor(() => expect(tab.texts()).toEqual(['known']));
  expect(tab.draft()).toBe('');
  tab.setDraft('conversation', 'of this one');
  tab.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.body)).toEqual(['known']),
  );
  await vi.waitFor(async () =>
    expect((await readDisk(account)).map(({ clientId }) => clientId).sort()).toEqual([
      'broken',
      'format',
      'kind',
    ]),
  );
  expect(await readDisk(account)).toEqual(expect.arrayContaining(NEWER));
  expect(localStorage.getItem(`dandul-draft-3:${account}:conversation`)).toBe('of a later release');

  // A log-out is asked to leave nothing, and leaves nothing of any release.
  await tab.forget();
  expect(Object.keys(localStorage)).toEqual([]);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`dandul-${account}`);
});

test('what another tab tells of an unknown kind or type is ignored', async () => {
  const account = newAccount();
  const tab = openTab(createServer(account), account);
  const other = openFirstTab(account);
  for (const item of NEWER) other.tell({ type: 'item', item });
  other.tell({ type: 'told-by-a-later-release', conversationId: 'conversation' });
  other.tell({ type: 'drafted', conversationId: 'conversation', draft: { text: 'heard last' } });
  await vi.waitFor(() => expect(tab.draft()).toBe('heard last'));
  expect(tab.texts()).toEqual([]);
});

test('an edit in the composer is kept so that a release which knows no edits shows what stood there before', () => {
  const account = newAccount();
  const tab = openTab(createServer(account), account);
  const draft = {
    text: 'new',
    editOf: { seq: 3, baseRevision: 5, kept: { text: 'half a thought', replyToSeq: 1 } },
  };
  tab.client.actions.setDraft('conversation', draft);
  const key = `dandul-draft-2:${account}:conversation`;
  expect(JSON.parse(localStorage.getItem(key) ?? '')).toMatchObject({
    text: 'half a thought',
    replyToSeq: 1,
  });
  // What such a release writes leaves the edit where it is.
  localStorage.setItem(
    key,
    JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? ''), text: 'a thought' }),
  );
  const next = openTab(createServer(account), account);
  const kept = { text: 'a thought', replyToSeq: 1 };
  expect(next.client.actions.getDraft('conversation')).toEqual({
    ...draft,
    editOf: { ...draft.editOf, kept },
  });
});

test('changes that are not whole are left on the disk, and those that are go', async () => {
  const account = newAccount();
  const part = { ...ofConversation, format: 2, order: 1, seq: 1 };
  const broken = [
    { ...part, clientId: 'a', kind: 'edit', text: 'no base' },
    { ...part, clientId: 'b', kind: 'delete', seq: 'one' },
    { ...part, clientId: 'c', kind: 'undelete', seq: undefined },
    { ...part, clientId: 'd', kind: 'react', emoji: '👍' },
    { ...part, clientId: 'f', kind: 'send', draft: { text: 'half', forwardOf: { seq: 1 } } },
    { ...part, clientId: 'g', kind: 'pin', on: 'yes' },
  ];
  const whole = { ...part, clientId: 'e', kind: 'react', emoji: '👍', on: true };
  await upgradeFurther(account, ...broken, whole);
  const server = createServer(account);
  server.send(account, { conversationId: 'conversation', clientId: 'x', body: 'first' });
  openTab(server, account).network.connect();
  await vi.waitFor(() => expect(server.conversation('conversation').log[0]?.reactions).toHaveLength(1));
  await vi.waitFor(async () => expect(await readDisk(account)).toEqual(broken));
});

test('where nothing outlives the page, that is told', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const storage = createOutboxStorage(newAccount());
  expect(storage.isKept()).toBe(true);
  const item = {
    kind: 'send',
    draft: { text: 'in memory' },
    ...ofConversation,
    clientId: 'a',
    order: 1,
  } as const;
  await storage.putPending({ ...item, state: 'sending' });
  expect(storage.isKept()).toBe(false);
  await storage.deletePending('conversation', 'a');
  expect(storage.isKept()).toBe(true);
});
