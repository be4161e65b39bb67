import { numberTexts, sendMany } from './support/bulk.ts';
import { messageAt, openMenu } from './support/room.ts';
import { expect, openRoom, test } from './support/test.ts';

test('two syllables inside a word are found and marked, newest first, also from decomposed text', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const room = await openRoom(second.page, names, first.username);
  await sendMany(second, room, ['아이스아메리카노 두 잔', '관계없는 말', '오늘도 아메리카노']);
  await page.goto('/search');
  const box = page.getByRole('searchbox', { name: names.searchMessages });
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  for (const query of ['메리', '메리'.normalize('NFD'), ' 메리 ']) {
    await box.fill('');
    await expect(hits).toHaveCount(0);
    await box.fill(query);
    await expect(hits).toHaveText([/오늘도 아메리카노/, /아이스아메리카노/]);
    await expect(hits.locator('mark')).toHaveText(['메리', '메리']);
  }
  await box.fill('메');
  await expect(page.getByRole('heading', { name: texts.search.messages.shortTitle })).toBeVisible();
  await box.fill('없을말');
  await expect(hits).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /없을말/ })).toBeVisible();
});

test('hits come in pages, and one opens its conversation at the message, both ways from there', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const room = await openRoom(second.page, names, first.username);
  const bodies = numberTexts(250).map((text, index) => (index % 10 === 0 ? `${text} 딸기잼` : text));
  await sendMany(second, room, bodies);
  await page.goto('/search?q=딸기');
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await expect(hits).toHaveCount(20);
  await expect(hits.first()).toContainText('line 241');
  await page.getByRole('button', { name: texts.search.messages.more }).click();
  await expect(hits).toHaveCount(25);
  await expect(hits.last()).toContainText('line 001');
  await expect(page.getByRole('button', { name: texts.search.messages.more })).toHaveCount(0);

  await hits.filter({ hasText: 'line 101' }).click();
  await expect(page).toHaveURL(`/chat/${room}?m=101`);
  await expect(messageAt(page, names, 101)).toBeInViewport();
  await expect(messageAt(page, names, 100)).toBeInViewport();
  await expect(messageAt(page, names, 102)).toBeInViewport();
  const log = page.getByRole('log', { name: names.timeline });
  for (const [by, seq] of [
    [-20_000, 1],
    [20_000, 250],
  ] as const) {
    await expect(async () => {
      await log.evaluate((element, by) => element.scrollBy(0, by), by);
      await expect(messageAt(page, names, seq)).toBeInViewport({ timeout: 300 });
    }).toPass({ intervals: [0] });
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/search\?q=/);
  await expect(page.getByRole('searchbox', { name: names.searchMessages })).toHaveValue('딸기');
  await expect(hits.first()).toBeVisible();
});

test('one conversation is searched, or all of mine, and never a stranger’s', async ({
  addPerson,
  names,
  texts,
}) => {
  const [me, a, b] = await Promise.all([addPerson('나'), addPerson('alpha'), addPerson('bravo')]);
  const roomA = await openRoom(a.page, names, me.username);
  const roomB = await openRoom(b.page, names, me.username);
  const theirs = await openRoom(a.page, names, b.username);
  await sendMany(a, roomA, ['secret plan of a']);
  await sendMany(b, roomB, ['secret plan of b']);
  await sendMany(a, theirs, ['secret plan without me']);

  const { page } = me;
  await page.goto(`/chat/${roomA}`);
  await openMenu(page, texts.chat.header.menu);
  await page.getByRole('menuitem', { name: texts.chat.header.search }).click();
  await expect(page).toHaveURL(`/search?in=${roomA}`);
  await page.getByRole('searchbox', { name: names.searchMessages }).fill('secret plan');
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await expect(hits).toHaveText([/plan of a/]);
  await page.getByRole('link', { name: texts.search.messages.widen }).click();
  await expect(hits).toHaveText([/plan of b/, /plan of a/]);
  await expect(page.locator('main')).not.toContainText('without me');

  await page.goto(`/search?q=secret+plan&in=${theirs}`);
  await expect(page.locator('body')).not.toContainText('without me');
});
