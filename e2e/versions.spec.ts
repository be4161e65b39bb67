import type { Page } from '@playwright/test';
import { openLiveChat } from './support/account.ts';
import { composerOf } from './support/conversation.ts';
import { expect, messageOf, openConversation, sendMessage, test } from './support/test.ts';

test('what the first release left unsent in the browser is sent, and its draft is there @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const conversation = await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  const { page } = first;
  await page.goto('/api/health');
  await page.evaluate(leaveFirstRelease, conversation);

  await page.goto(`/chat/${conversation}`);
  await expect(messageOf(page, names, 'from the release before')).toHaveAttribute('data-status', 'read');
  await expect(messageOf(second.page, names, 'from the release before')).toHaveCount(1);
  await expect(composerOf(page, names)).toHaveValue('written in the release before');
  await page.reload();
  await expect(composerOf(page, names)).toHaveValue('written in the release before');
});

/** Runs in the page: makes the account's database and draft as the first release did, in place of what is there. */
async function leaveFirstRelease(conversationId: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const known = await indexedDB.databases();
  const name = known.map((database) => database.name).find((each) => each?.startsWith('dandul-'));
  if (!name) throw new Error('the account has no database yet');
  await done(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const outbox = opening.result.createObjectStore('outbox', { keyPath: ['conversationId', 'clientId'] });
    outbox.createIndex('conversationId', 'conversationId');
  };
  const database = await done(opening);
  const writing = database.transaction('outbox', 'readwrite');
  await done(
    writing.objectStore('outbox').put({
      conversationId,
      clientId: 'left-behind',
      body: 'from the release before',
      createdAt: new Date().toISOString(),
      order: Date.now(),
      state: 'sending',
      isUntried: true,
    }),
  );
  database.close();
  const userId = name.slice('dandul-'.length);
  localStorage.setItem(`dandul-draft:${userId}:${conversationId}`, 'written in the release before');
}

/** From now on the page's handshakes name another protocol, until `end` is called. */
async function nameAnotherProtocol(page: Page) {
  let isOn = true;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((packet) => {
      const isHandshake = isOn && String(packet).startsWith('40{');
      server.send(isHandshake ? String(packet).replace(/"protocol":\d+/, '"protocol":999') : packet);
    });
  });
  return {
    end() {
      isOn = false;
    },
  };
}

test('a page that the server takes no more loads itself anew, says so calmly, and loses nothing @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMessage(page, names, 'before');
  const protocol = await nameAnotherProtocol(page);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.goto(`/chat/${conversation}`);
  const note = page.getByRole('status').filter({ hasText: texts.chat.offline.outdated });
  // The first load is the person's, the second the page's own.
  await expect.poll(() => loads).toBeGreaterThanOrEqual(2);
  await expect(note).toBeVisible();
  await composerOf(page, names).fill('waits for the other version');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, 'waits')).toHaveAttribute('data-status', 'sending');
  await composerOf(page, names).fill('half a thought');

  const loadsBefore = loads;
  await note.getByRole('button', { name: texts.chat.offline.reload, exact: true }).click();
  await expect.poll(() => loads).toBeGreaterThan(loadsBefore);
  await expect(note).toBeVisible();
  await expect(composerOf(page, names)).toHaveValue('half a thought');
  await expect(messageOf(page, names, 'waits')).toHaveAttribute('data-status', 'sending');

  protocol.end();
  await expect(messageOf(page, names, 'waits')).toHaveAttribute('data-status', /sent|delivered/);
  await expect(note).toBeHidden();
  await expect(composerOf(page, names)).toHaveValue('half a thought');
  await openLiveChat(second.page, `/chat/${conversation}`);
  await expect(messageOf(second.page, names, 'waits')).toHaveCount(1);
});
