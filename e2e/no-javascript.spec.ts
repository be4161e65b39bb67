import { randomUUID } from 'node:crypto';
import { expectFieldError, fieldOf, fillSignUp, submit } from './support/account.ts';
import { namesFor } from './support/names.ts';
import { expect, logIn, test, uniqueName } from './support/test.ts';

test('without scripts: sign-up says what to mend, then lets in; log out and log in work', async ({
  openContext,
  names,
  texts: { auth },
}) => {
  const context = await openContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const person = {
    username: uniqueName('고요'),
    email: `${randomUUID()}@example.com`,
    password: 'quiet-paper-71',
  };
  await page.goto('/signup?next=%2Fsettings');
  await fillSignUp(page, names, { ...person, username: 'bad name', confirmPassword: 'another-paper-72' });
  await submit(page, names.signUp);
  await expectFieldError(fieldOf(page, names.username), auth.errors.usernameCharacters);
  await expectFieldError(fieldOf(page, names.confirmPassword), auth.errors.passwordMismatch);
  await expect(fieldOf(page, names.username)).toBeFocused();
  await expect(fieldOf(page, names.email)).toHaveValue(person.email);
  await expect(fieldOf(page, names.password)).toHaveValue('');
  await expect(fieldOf(page, names.confirmPassword)).toHaveValue('');

  await fillSignUp(page, names, person);
  await submit(page, names.signUp);
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.locator('main')).toContainText(person.username);

  await submit(page, names.logOut);
  await expect(page).toHaveURL(/\/login$/);
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/login\?next=%2Fsettings$/);

  await fieldOf(page, names.identifier).fill(person.username);
  await fieldOf(page, names.password).fill('wrong-paper-17');
  await submit(page, names.logIn);
  await expectFieldError(fieldOf(page, names.password), auth.errors.credentialsWrong);
  await expect(fieldOf(page, names.identifier)).toHaveValue(person.username);
  await expect(fieldOf(page, names.password)).toHaveValue('');
  await fieldOf(page, names.password).fill(person.password);
  await submit(page, names.logIn);
  await expect(page).toHaveURL(/\/settings$/);
});

test('without scripts: the language is chosen on the login page and stays', async ({
  openContext,
  names,
  texts: { auth },
  locale,
}) => {
  const context = await openContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const other = locale?.startsWith('ko') ? 'en' : 'ko';
  await page.goto('/login');
  await expect(page.locator('html')).toHaveAttribute('lang', locale?.startsWith('ko') ? 'ko' : 'en');
  await page.getByRole('combobox', { name: names.language, exact: true }).selectOption(other);
  await submit(page, auth.applyLanguage);
  await expect(page.locator('html')).toHaveAttribute('lang', other);
  await expect(page.getByRole('button', { name: namesFor(other).logIn, exact: true })).toBeVisible();
  await page.goto('/signup');
  await expect(page.getByRole('button', { name: namesFor(other).signUp, exact: true })).toBeVisible();
});

test('without scripts: a person is found, and the room opens with its messages', async ({
  pair,
  openContext,
  names,
}) => {
  const { first, second, openRoom } = pair;
  const conversationId = await openRoom(first, second);
  await first.page.getByRole('textbox', { name: names.composer }).fill('글자만으로도 보여요');
  await first.page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(first.page.getByRole('article')).toHaveAttribute('data-status', /sent|delivered|read/);

  const page = await (await openContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/chat/new');
  await logIn(page, names, second.username, second.password);
  await expect(page).toHaveURL(/\/chat\/new$/);
  await page.getByRole('searchbox', { name: names.searchPeople }).fill(first.username);
  await page.getByRole('searchbox', { name: names.searchPeople }).press('Enter');
  await page.getByRole('button', { name: first.username }).first().click();
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}$`));
  await expect(page.getByRole('log', { name: names.timeline })).toContainText('글자만으로도 보여요');
});
