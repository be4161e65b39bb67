import { sendMany } from './support/bulk.ts';
import { composerOf } from './support/conversation.ts';
import { enroll } from './support/enroll.ts';
import { attachInputMethod } from './support/input-method.ts';
import { entryOf, expect, sendMessage, test, uniqueName } from './support/test.ts';
import { patternOf } from './support/texts.ts';

test('people are found by part of a name, Korean initials, any case and width', async ({
  addPerson,
  names,
}) => {
  const [me, minji, jane] = await Promise.all([addPerson('나'), addPerson('민지'), addPerson('JaneDoe')]);
  const { page } = me;
  await page.goto('/chat/new');
  const box = page.getByRole('searchbox', { name: names.searchPeople });
  const tail = minji.username.slice('민지'.length);
  const fullWidth = (text: string) =>
    text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

  const janeTail = jane.username.slice('JaneDoe'.length);
  const queries: [query: string, found: string][] = [
    [minji.username.slice(1), minji.username],
    [`ㅁㅈ${tail}`, minji.username],
    [`${'민지'.normalize('NFD')}${tail}`, minji.username],
    [jane.username.toUpperCase(), jane.username],
    [`nedoe${janeTail}`, jane.username],
    [fullWidth(`janedoe${janeTail}`), jane.username],
  ];
  for (const [query, found] of queries) {
    await box.fill(query);
    await expect(page.getByRole('option'), query).toHaveCount(1);
    await expect(page.getByRole('option', { name: found })).toBeVisible();
  }
});

test('no result says so; neither e-mail addresses nor oneself are found @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  await first.page.goto('/chat/new');
  const box = first.page.getByRole('searchbox', { name: names.searchPeople });
  const nothing = first.page.getByRole('heading', {
    name: patternOf(texts.search.people.noneTitle),
  });
  for (const query of [second.email, second.email.split('@')[0] as string, first.username]) {
    await box.fill(query);
    await expect(nothing).toContainText(query);
    await expect(first.page.getByRole('option')).toHaveCount(0);
  }
  await box.fill(second.username);
  await expect(first.page.getByRole('option', { name: second.username })).toBeVisible();
  await expect(first.page.locator('body')).not.toContainText(second.email);
});

test('the keyboard alone finds and opens @once', async ({ addPerson, names }) => {
  const [me, one, two] = await Promise.all([addPerson('나'), addPerson('hana'), addPerson('hana')]);
  const { page } = me;
  await page.goto('/chat/new');
  const box = page.getByRole('searchbox', { name: names.searchPeople });
  await expect(box).toBeFocused();
  await page.keyboard.type('hana_');
  const options = page.getByRole('option');
  await expect(options.filter({ hasText: 'hana_' }).first()).toBeVisible();
  await box.fill('');
  const wanted = [one.username, two.username].sort()[1] as string;
  await page.keyboard.type(wanted.slice(0, -1));
  await expect(options).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name: wanted })).toBeVisible();

  await page.goto('/chat/new');
  await box.fill('x');
  await box.press('Escape');
  await expect(box).toHaveValue('');
  await box.press('Escape');
  await expect(page).toHaveURL(/\/chat$/);
});

for (const [system, key] of [
  ['macOS', 'Enter'],
  ['Windows', 'Process'],
] as const) {
  test(`Enter opens the person while their last syllable still composes, as ${system} tells of it @once`, async ({
    addPerson,
    names,
  }) => {
    const me = await addPerson('나');
    const person = await addPerson(`${uniqueName('한').slice(-6)}한`);
    const tail = person.username.split('한')[0] as string;
    const { page } = me;
    await page.goto('/chat/new');
    const box = page.getByRole('searchbox', { name: names.searchPeople });
    await box.focus();
    const ime = await attachInputMethod(page);
    await ime.commit(tail);
    await ime.compose('ㅎ', '하', '한');
    await expect(box).toHaveValue(`${tail}한`);
    await expect(page.getByRole('option', { name: person.username })).toBeVisible();
    await ime.pressEnter(key);
    await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1, name: person.username })).toBeVisible();
  });
}

test('an Enter that picks a candidate of kana opens nobody @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  await page.goto('/chat/new');
  const box = page.getByRole('searchbox', { name: names.searchPeople });
  await box.fill(second.username);
  await expect(page.getByRole('option', { name: second.username })).toBeVisible();
  const ime = await attachInputMethod(page);
  await ime.compose('か');
  await expect(box).toHaveValue(`${second.username}か`);
  await ime.pressEnter('Process');
  await ime.compose('');
  await expect(box).toHaveValue(second.username);
  await expect(page.getByRole('option', { name: second.username })).toBeVisible();
  await expect(page).toHaveURL(/\/chat\/new$/);
});

test('at most twenty people are shown @once', async ({ addPerson, openContext, names, locale }) => {
  const me = await addPerson('나');
  const crowd = uniqueName('q').slice(0, 8);
  for (let index = 10; index <= 30; index++) {
    const context = await openContext();
    const username = `${crowd}${index}`;
    await enroll(
      context,
      { username, email: `${username}@example.com`, password: me.password },
      locale ?? 'en',
    );
    await context.close();
  }
  await me.page.goto('/chat/new');
  await me.page.getByRole('searchbox', { name: names.searchPeople }).fill(crowd);
  await expect(me.page.getByRole('option')).toHaveCount(20);
});

test('two people who start at once get one conversation, shown to the other with the first message @cluster @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  for (const [me, other] of [
    [first, second],
    [second, first],
  ] as const) {
    await me.page.goto('/chat/new');
    await me.page.getByRole('searchbox', { name: names.searchPeople }).fill(other.username);
    await expect(me.page.getByRole('option', { name: other.username })).toBeVisible();
  }
  await Promise.all([first.page.keyboard.press('Enter'), second.page.keyboard.press('Enter')]);
  for (const { page } of [first, second]) {
    await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
    await expect(composerOf(page, names)).toBeVisible();
  }
  expect(new URL(first.page.url()).pathname).toBe(new URL(second.page.url()).pathname);
});

test("the partner's list shows a conversation at its first message and not before @phone", async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const conversation = await pair.openConversation(first, second);
  await second.page.goto('/chat');
  await expect(second.page.getByRole('heading').first()).toBeVisible();
  await expect(entryOf(second.page, names, first.username)).toHaveCount(0);
  await sendMessage(first.page, names, 'and here it is');
  await expect(entryOf(second.page, names, first.username)).toContainText('and here it is');

  expect(await pair.openConversation(second, first)).toBe(conversation);
  expect(await sendMany(second, conversation, ['same conversation'])).toEqual([2]);
});
