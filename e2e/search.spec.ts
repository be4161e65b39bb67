import { numberTexts, sendMany } from './support/bulk.ts';
import { messageAt, openMenu } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

test('two syllables inside a word are found and marked, newest first, also from decomposed text @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['아이스아메리카노 두 잔', '관계없는 말', '오늘도 아메리카노']);
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
  // Said once, both visibly and to a screen reader.
  await expect(page.getByRole('status').filter({ hasText: /없을말/ })).toHaveCount(1);
  await expect(page.getByText(texts.search.messages.noneBody)).toHaveCount(1);
  await expect(page.locator('#main [role=status]').filter({ hasText: /./ })).toHaveCount(1);
});

test('words of one syllable, quotes and İ are found and marked as they were written @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['사과 세 개만 사 줘', 'I’m in İstanbul', '개구리 세상']);
  await page.goto('/search');
  const box = page.getByRole('searchbox', { name: names.searchMessages });
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  for (const [query, marked] of [
    ['세 개', '세 개'],
    ['사 줘', '사 줘'],
    ["i'm", 'I’m'],
    ['istanbul', 'İstanbul'],
    ['ｉｓｔａｎｂｕｌ', 'İstanbul'],
  ] as const) {
    await box.fill(query);
    await expect(hits.locator('mark'), query).toHaveText([marked]);
  }
  await page.goto(`/search?q=${'가'.repeat(1500)}`);
  await expect(page.getByRole('heading', { name: /가가가…/ })).toBeVisible();
});

test('arrows and Enter reach and open a hit without leaving the box @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['딸기 하나', '딸기 둘', '딸기 셋']);
  await page.goto('/search');
  const box = page.getByRole('searchbox', { name: names.searchMessages });
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await box.fill('딸기');
  await expect(hits).toHaveCount(3);
  const expectActive = async (index: number) => {
    const id = await hits.nth(index).getAttribute('id');
    await expect(box).toHaveAttribute('aria-activedescendant', id as string);
  };
  await box.press('ArrowDown');
  await expectActive(0);
  await box.press('ArrowUp');
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await box.press('ArrowUp');
  await expectActive(2);
  await box.press('ArrowDown');
  await expectActive(0);
  await box.press('ArrowDown');
  await expectActive(1);
  await expect(box).toBeFocused();
  await box.press('Enter');
  await expect(page).toHaveURL(`/chat/${conversation}?m=2`);
  await expect(messageAt(page, names, 2)).toBeInViewport();
});

test('hits come in pages, and one opens its conversation at the message, both ways from there @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  const bodies = numberTexts(250).map((text, index) => (index % 10 === 0 ? `${text} 딸기잼` : text));
  await sendMany(second, conversation, bodies);
  await page.goto('/search?q=딸기');
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await expect(hits).toHaveCount(20);
  await expect(hits.first()).toContainText('line 241');
  await page.getByRole('button', { name: texts.search.messages.more }).click();
  await expect(hits).toHaveCount(25);
  await expect(hits.last()).toContainText('line 001');
  await expect(page.getByRole('button', { name: texts.search.messages.more })).toHaveCount(0);

  await hits.filter({ hasText: 'line 101' }).click();
  await expect(messageAt(page, names, 101)).toBeInViewport();
  // The address forgets the message once it was shown.
  await expect(page).toHaveURL(`/chat/${conversation}`);
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

test('one conversation is searched, or all of mine, and never a stranger’s @once', async ({
  addPerson,
  names,
  texts,
}) => {
  const [me, a, b] = await Promise.all([addPerson('나'), addPerson('alpha'), addPerson('bravo')]);
  const conversationA = await openConversation(a.page, names, me.username);
  const conversationB = await openConversation(b.page, names, me.username);
  const theirs = await openConversation(a.page, names, b.username);
  await sendMany(a, conversationA, ['secret plan of a']);
  await sendMany(b, conversationB, ['secret plan of b']);
  await sendMany(a, theirs, ['secret plan without me']);

  const { page } = me;
  await page.goto(`/chat/${conversationA}`);
  await openMenu(page, texts.chat.header.menu);
  await page.getByRole('menuitem', { name: texts.chat.header.search }).click();
  await expect(page).toHaveURL(`/search?in=${conversationA}`);
  await page.getByRole('searchbox', { name: names.searchMessages }).fill('secret plan');
  const hits = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await expect(hits).toHaveText([/plan of a/]);
  await page.getByRole('link', { name: texts.search.messages.widen }).click();
  await expect(hits).toHaveText([/plan of b/, /plan of a/]);
  await expect(page.locator('main')).not.toContainText('without me');

  await page.goto(`/search?q=secret+plan&in=${theirs}`);
  await expect(page.locator('body')).not.toContainText('without me');
});
