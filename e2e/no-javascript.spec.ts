import { randomUUID } from 'node:crypto';
import { expectFieldError, fieldOf, fillSignUp, submit } from './support/account.ts';
import { starMany } from './support/bulk.ts';
import { blockPartner } from './support/conversation.ts';
import { openMail, readLink } from './support/mailbox.ts';
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
  await expect(page).toHaveURL(/\/settings\/account$/);
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
  await expect(page).toHaveURL(/\/settings\/account$/);
});

test('without scripts: mailed links confirm an address and set a password, and no other site learns them @once', async ({
  addPerson,
  openContext,
  names,
  texts,
}) => {
  const { auth } = texts;
  const person = await addPerson('mailed');
  const reader = await (await openContext()).newPage();
  const context = await openContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  // What each page tells the server that its form goes to, and a foreign site that it links to.
  const origins: (string | null)[] = [];
  page.on('request', async (request) => {
    if (request.method() === 'POST') origins.push(await request.headerValue('origin'));
  });
  const foreign: (string | null)[] = [];
  await context.route('https://elsewhere.example/**', async (route) => {
    foreign.push(await route.request().headerValue('referer'));
    await route.fulfill({ contentType: 'text/html', body: 'elsewhere' });
  });
  const leaveFor = async (path: string) => {
    await page.goto(path);
    await page.evaluate(() => {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://elsewhere.example/', textContent: 'elsewhere' });
      document.querySelector('main')?.append(link);
    });
    await page.getByRole('link', { name: 'elsewhere' }).click();
    await expect(page).toHaveURL('https://elsewhere.example/');
  };

  await openMail(reader, person.email, texts.email.subjectVerify);
  const verifying = await readLink(reader, '/verify-email');
  await leaveFor(verifying);
  await page.goto(verifying);
  await submit(page, auth.verifyEmail.submit);
  await expect(page.locator('main')).toContainText(auth.verifyEmail.done);

  await page.goto('/forgot-password');
  await fieldOf(page, names.email).fill(person.email);
  await page.locator('main form button[type=submit]').click();
  await openMail(reader, person.email, texts.email.subjectReset);
  const resetting = await readLink(reader, '/reset-password');
  await leaveFor(resetting);
  await page.goto(resetting);
  const password = 'other-paper-82';
  await fieldOf(page, names.password).fill(password);
  await fieldOf(page, names.confirmPassword).fill(password);
  await submit(page, auth.resetPassword.submit);
  await expect(page).toHaveURL(/\/login\?reset=done$/);
  await fieldOf(page, names.identifier).fill(person.username);
  await fieldOf(page, names.password).fill(password);
  await submit(page, names.logIn);
  await expect(page).toHaveURL(/\/chat$/);

  // A page that hides its address from everybody would post with the origin "null", which is refused.
  expect(new Set(origins)).toEqual(new Set([new URL(reader.url()).origin]));
  expect(foreign).toEqual([null, null]);
});

test('without scripts: the language is chosen on the login page and stays @once', async ({
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

test('without scripts: each page of the settings is reached, saves, and says what to mend @once', async ({
  pair,
  openContext,
  names,
  texts: { auth, chat, settings },
}) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await blockPartner(first.page, chat);
  const page = await (await openContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/settings');
  await logIn(page, names, first.username, first.password);
  await expect(page).toHaveURL(/\/settings\/account$/);
  const open = (name: keyof typeof settings.pages) =>
    page.getByRole('link', { name: settings.pages[name], exact: true }).click();

  await open('security');
  await fieldOf(page, settings.password.current).fill('wrong-paper-17');
  await fieldOf(page, settings.password.new).fill('other-paper-82');
  await fieldOf(page, settings.password.confirm).fill('other-paper-82');
  await submit(page, settings.password.submit);
  await expect(page).toHaveURL(/\/settings\/security$/);
  await expectFieldError(fieldOf(page, settings.password.current), auth.errors.currentPasswordWrong);

  await open('notifications');
  const mails = page.getByRole('combobox', { name: settings.notifications.email });
  await mails.selectOption('never');
  await submit(page, settings.notifications.apply);
  await page.reload();
  await expect(mails).toHaveValue('never');

  await open('privacy');
  await submit(page, settings.blocked.unblockNamed.replace('{name}', second.username));
  await expect(page.getByText(settings.blocked.unblocked)).toBeVisible();
  await expect(page.getByText(settings.blocked.none)).toBeVisible();
});

test('without scripts: a person is found, and the conversation opens with its messages @once', async ({
  pair,
  openContext,
  names,
  texts,
}) => {
  const { first, second, openConversation } = pair;
  const conversationId = await openConversation(first, second);
  await first.page.getByRole('textbox', { name: names.composer }).fill('글자만으로도 보여요');
  await first.page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(first.page.getByRole('article')).toHaveAttribute('data-status', /sent|delivered|read/);

  const page = await (await openContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/chat/new');
  await logIn(page, names, second.username, second.password);
  await expect(page).toHaveURL(/\/chat\/new$/);
  await page.getByRole('searchbox', { name: names.searchPeople }).fill(first.username);
  await page.getByRole('searchbox', { name: names.searchPeople }).press('Enter');
  // If somebody is gone in the meantime, the page says so and keeps the people it found.
  const person = page.getByRole('button', { name: first.username }).first();
  const userId = await person.getAttribute('value');
  const nobody = '01940000-0000-7000-8000-000000000001';
  await person.evaluate((button, id) => button.setAttribute('value', id), nobody);
  await person.click();
  await expect(page.getByRole('alert')).toHaveText(texts.search.people.startGone);
  await expect(person).toHaveAttribute('value', userId ?? '');
  await person.click();
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}$`));
  await expect(page.getByRole('log', { name: names.timeline })).toContainText('글자만으로도 보여요');
  // Playwright finds no text inside this element, so it is found by its place.
  const note = 'noscript [role=status]';
  await expect(page.locator(note)).toBeVisible();
  await expect(page.locator(note)).toHaveText(texts.chat.pane.noScript);
  await expect(first.page.locator(note)).toHaveCount(0);

  await starMany(second, conversationId, 1);
  await page.goto('/starred');
  await page.locator('a[href$="?m=1"]').filter({ hasText: '글자만으로도 보여요' }).click();
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}\\?m=1$`));
});
