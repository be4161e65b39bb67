import { randomUUID } from 'node:crypto';
import { expectFieldError, fieldOf, fillSignUp, openLiveChat, submit } from './support/account.ts';
import { expect, logIn, openConversation, sendMessage, signUp, test, uniqueName } from './support/test.ts';

const newcomer = () => ({
  username: uniqueName('하늘'),
  email: `${randomUUID()}@example.com`,
  password: 'quiet-paper-71',
});

test('sign-up refuses beside the fields, keeps what was typed, and of passwords what the server has nothing against', async ({
  page,
  names,
  texts: { auth },
}) => {
  await page.goto('/signup');
  const [username, email] = [fieldOf(page, names.username), fieldOf(page, names.email)];
  const [password, confirm] = [fieldOf(page, names.password), fieldOf(page, names.confirmPassword)];
  await fillSignUp(page, names, {
    username: 'bad name',
    email: 'nowhere',
    password: 'quiet-paper-71',
    confirmPassword: 'quiet-paper-72',
  });
  await submit(page, names.signUp);
  await expectFieldError(username, auth.errors.usernameCharacters);
  await expectFieldError(email, auth.errors.emailInvalid);
  await expectFieldError(confirm, auth.errors.passwordMismatch);
  await expect(username).toBeFocused();
  await expect(username).toHaveValue('bad name');
  await expect(email).toHaveValue('nowhere');
  await expect(password).toHaveValue('quiet-paper-71');
  await expect(confirm).toHaveValue('quiet-paper-72');

  const person = newcomer();
  await fillSignUp(page, names, { ...person, password: 'password1' });
  await submit(page, names.signUp);
  await expectFieldError(password, auth.errors.passwordCommon);
  await expect(password).toBeFocused();
  await expect(username).toHaveValue(person.username);
  await expect(username).not.toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveValue('');
  await expect(confirm).toHaveValue('');

  await password.fill(person.password);
  await confirm.fill(person.password);
  await submit(page, names.signUp);
  await expect(page).toHaveURL(/\/chat$/);
});

test('a username taken in another case or width, and a taken e-mail, are named @once', async ({
  page,
  names,
  addPerson,
  texts: { auth },
}) => {
  const person = await addPerson('minji');
  // The same name for a reader: MINJI with a full-width M.
  const lookalike = person.username.toUpperCase().replace('M', 'Ｍ');
  await page.goto('/signup');
  await fillSignUp(page, names, { ...newcomer(), username: lookalike, email: person.email.toUpperCase() });
  await submit(page, names.signUp);
  await expectFieldError(fieldOf(page, names.username), auth.errors.usernameTaken);
  await expectFieldError(fieldOf(page, names.email), auth.errors.emailTaken);
  await expect(fieldOf(page, names.username)).toBeFocused();
  await expect(fieldOf(page, names.username)).toHaveValue(lookalike);
  await expect(fieldOf(page, names.password)).toHaveValue('quiet-paper-71');
  await expect(fieldOf(page, names.confirmPassword)).toHaveValue('quiet-paper-71');

  // Nothing but the two names has to be typed again.
  const other = newcomer();
  await fieldOf(page, names.username).fill(other.username);
  await fieldOf(page, names.email).fill(other.email);
  await submit(page, names.signUp);
  await expect(page).toHaveURL(/\/chat$/);
});

test('login takes the username or the e-mail, in any case, and shows no door to who is in @once', async ({
  addPerson,
  openContext,
  names,
}) => {
  const person = await addPerson('minji');
  const page = await (await openContext()).newPage();
  for (const identifier of [person.username.toUpperCase(), person.email.toUpperCase()]) {
    await page.context().clearCookies();
    await page.goto('/login');
    await logIn(page, names, identifier, person.password);
    await expect(page).toHaveURL(/\/chat$/);
  }
  for (const [door, conversation] of [
    ['/', '/chat'],
    ['/login', '/chat'],
    ['/signup', '/chat'],
    ['/login?next=%2Fsettings', '/settings'],
  ] as const) {
    const answer = await page.request.get(door, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([307, conversation]);
  }
  await page.goto('/login');
  await expect(page).toHaveURL(/\/chat$/);
});

test('a wrong password and an unknown person are answered alike @once', async ({
  page,
  names,
  addPerson,
  texts: { auth },
}) => {
  const person = await addPerson('minji');
  await page.goto('/login');
  const answers: (string | null)[] = [];
  for (const identifier of [person.username, uniqueName('nobody'), `${randomUUID()}@example.com`]) {
    await fieldOf(page, names.identifier).fill(identifier);
    await fieldOf(page, names.password).fill('wrong-paper-17');
    await submit(page, names.logIn);
    await expect(fieldOf(page, names.password)).toHaveValue('');
    await expectFieldError(fieldOf(page, names.password), auth.errors.credentialsWrong);
    await expect(fieldOf(page, names.password)).toBeFocused();
    await expect(fieldOf(page, names.identifier)).toHaveValue(identifier);
    answers.push(await page.locator('main').textContent());
  }
  expect(new Set(answers).size).toBe(1);
});

test('logging out ends the session on the server, in every tab and for a copied cookie @once', async ({
  addPerson,
  openContext,
  names,
  isPhone,
}) => {
  const { page, context } = await addPerson('minji');
  const storageState = await context.storageState();
  const copied = await openContext({ storageState });
  const [secondTab, copiedTab] = [await context.newPage(), await copied.newPage()];
  await Promise.all([openLiveChat(secondTab), openLiveChat(copiedTab)]);
  await page.goto('/chat');
  const logOut = page.getByRole('button', { name: names.logOut, exact: true });
  const box = await logOut.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  expect(box && box.y < 60 && box.x + box.width > width - (isPhone ? 24 : 48)).toBe(true);
  await logOut.click();

  await expect(page).toHaveURL(/\/login$/);
  await expect(secondTab).toHaveURL(/\/login/);
  await expect(copiedTab).toHaveURL(/\/login/);
  // Even when the browser keeps the cookie, it opens nothing.
  await copied.addCookies(storageState.cookies);
  for (const path of ['/chat', '/settings', '/search']) {
    await copiedTab.goto(path);
    await expect(copiedTab).toHaveURL(/\/login/);
  }
  // The login took the place of the page that logged out, so Back leads past it.
  await page.goBack();
  await expect(page).not.toHaveURL(/\/chat/);
});

test('who was logged out is told why @once', async ({
  addPerson,
  openContext,
  names,
  texts: { auth, settings },
}) => {
  const { page, username, password } = await addPerson('minji');
  const device = await (await openContext()).newPage();
  const enter = async () => {
    await device.goto('/login');
    await logIn(device, names, username, password);
  };
  await enter();
  await submit(device, names.logOut);
  await expect(device.getByText(auth.login.ended.logout)).toBeVisible();
  await enter();
  await expect(device).toHaveURL(/\/chat$/);

  await page.goto('/settings/security');
  const list = page.getByRole('region', { name: settings.sessions.title }).getByRole('listitem');
  await list.getByRole('button').first().click();
  await expect(device.getByText(auth.login.ended.elsewhere)).toBeVisible();

  await enter();
  await fieldOf(page, settings.password.current).fill(password);
  await fieldOf(page, settings.password.new).fill('another-paper-82');
  await fieldOf(page, settings.password.confirm).fill('another-paper-82');
  await submit(page, settings.password.submit);
  await expect(device.getByText(auth.login.ended.password)).toBeVisible();

  // A stranger's login page says nothing about it.
  const stranger = await (await openContext()).newPage();
  await stranger.goto('/login');
  for (const text of Object.values(auth.login.ended)) await expect(stranger.getByText(text)).toHaveCount(0);
});

test('the first field has the focus on a desktop, and none on a phone', async ({ page, names, isPhone }) => {
  for (const [path, label] of [
    ['/login', names.identifier],
    ['/signup', names.username],
    ['/forgot-password', names.email],
  ] as const) {
    await page.goto(path);
    const field = fieldOf(page, label);
    await expect(field).toBeVisible();
    if (isPhone) await expect(field).not.toBeFocused();
    else await expect(field).toBeFocused();
  }
});

test('a guest comes back to the very message after login and after sign-up', async ({
  pair,
  openContext,
  names,
}) => {
  const { first, second } = pair;
  const conversationId = await openConversation(first.page, names, second.username);
  await sendMessage(first.page, names, '여기로 오세요');
  const path = `/chat/${conversationId}?m=1`;

  const page = await (await openContext()).newPage();
  await page.goto(path);
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, names, second.username, second.password);
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}`));
  await expect(page.getByRole('log', { name: names.timeline })).toContainText('여기로 오세요');

  const other = await (await openContext()).newPage();
  const settings = '/settings/account?from=mail';
  await other.goto(settings);
  await other.getByRole('link', { name: names.signUp, exact: true }).click();
  await expect(other).toHaveURL(`/signup?next=${encodeURIComponent(settings)}`);
  await fillSignUp(other, names, newcomer());
  await submit(other, names.signUp);
  await expect(other).toHaveURL(settings);
});

test('no spelling of another site in `next` leads away @once', async ({
  addPerson,
  openContext,
  names,
  baseURL,
}) => {
  const person = await addPerson('minji');
  const spellings = ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example'];
  const page = await (await openContext()).newPage();
  for (const next of spellings) {
    await page.context().clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await logIn(page, names, person.username, person.password);
    await expect(page).toHaveURL(`${baseURL}/chat`);
    // Signed in already: the page itself redirects.
    for (const door of ['/login', '/signup']) {
      const answer = await page.request.get(door, { params: { next }, maxRedirects: 0 });
      expect([answer.status(), answer.headers().location]).toEqual([307, '/chat']);
    }
  }
  await page.context().clearCookies();
  await signUp(page, names, newcomer(), `/signup?next=${encodeURIComponent('//evil.example')}`);
  await expect(page).toHaveURL(`${baseURL}/chat`);
});

test('password managers are told which field is which, and a press shows the characters @once', async ({
  page,
  names,
  texts: { common },
}) => {
  await page.goto('/signup');
  const password = fieldOf(page, names.password);
  await expect(fieldOf(page, names.username)).toHaveAttribute('autocomplete', 'username');
  await expect(fieldOf(page, names.email)).toHaveAttribute('autocomplete', 'email');
  await expect(password).toHaveAttribute('autocomplete', 'new-password');
  await expect(fieldOf(page, names.confirmPassword)).toHaveAttribute('autocomplete', 'new-password');
  const toggle = page.getByRole('button', { name: common.showCharacters }).first();
  await password.fill('quiet-paper-71');
  await expect(password).toHaveAttribute('type', 'password');
  await toggle.click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expect(password).toHaveAttribute('type', 'password');
  await expect(password).toHaveValue('quiet-paper-71');

  await page.goto('/login');
  await expect(fieldOf(page, names.identifier)).toHaveAttribute('autocomplete', 'username');
  await expect(fieldOf(page, names.password)).toHaveAttribute('autocomplete', 'current-password');
});

test('behind TLS the session cookie is Secure, out of scripts’ reach, and ends with the session @cluster @once', async ({
  addPerson,
  openContext,
  names,
  baseURL,
}) => {
  const { page, context, username, password } = await addPerson('minji');
  const isTls = baseURL?.startsWith('https:') ?? false;
  const cookie = (await context.cookies()).find(({ name }) => name.includes('session-token'));
  expect(cookie).toMatchObject({
    name: `${isTls ? '__Secure-' : ''}authjs.session-token`,
    httpOnly: true,
    secure: isTls,
    sameSite: 'Lax',
    path: '/',
  });
  const copied = await openContext({ storageState: await context.storageState() });
  await page.goto('/chat');
  await submit(page, names.logOut);
  await expect(page).toHaveURL(/\/login$/);
  expect((await context.cookies()).some(({ name }) => name.includes('session-token'))).toBe(false);
  const copiedTab = await copied.newPage();
  await copiedTab.goto('/settings');
  await expect(copiedTab).toHaveURL(/\/login\?next=%2Fsettings$/);
  await logIn(page, names, username, password);
  await expect(page).toHaveURL(/\/chat$/);
});
