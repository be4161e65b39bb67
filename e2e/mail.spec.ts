import { expectFieldError, fieldOf, openLiveChat, submit } from './support/account.ts';
import { messageAt } from './support/conversation.ts';
import { readSunkMails } from './support/mail-sink.ts';
import { countMails, openMail, readLink } from './support/mailbox.ts';
import { expect, logIn, sendMessage, test } from './support/test.ts';
import { textsFor } from './support/texts.ts';

test('a message is mailed with its text and sender, and the link leads through login to it', async ({
  pair,
  openContext,
  names,
  texts: { email },
  locale,
}) => {
  const { first, second, openConversation } = pair;
  const conversationId = await openConversation(first, second);
  await sendMessage(first.page, names, '메일로도 닿을까요 <b>굵게</b>');

  const page = await (await openContext()).newPage();
  await openMail(page, second.email, first.username);
  const main = page.locator('main');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(first.username);
  await expect(main).toContainText('메일로도 닿을까요 <b>굵게</b>');
  await expect(main).toContainText(email.stop);
  const html = page.frameLocator('iframe');
  await expect(html.locator('body')).toContainText('메일로도 닿을까요 <b>굵게</b>');
  await expect(html.locator('html')).toHaveAttribute('lang', locale?.startsWith('ko') ? 'ko' : 'en');

  const path = await readLink(page, '/chat/');
  expect(path).toBe(`/chat/${conversationId}?m=1`);
  await page.goto(path);
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, names, second.username, second.password);
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}`));
  await expect(messageAt(page, names, 1)).toBeInViewport();
  await expect(messageAt(page, names, 1)).toContainText('<b>굵게</b>');
});

test('each person is mailed in their own language @once', async ({ pair, names, locale, openContext }) => {
  const other = locale?.startsWith('ko') ? 'en' : 'ko';
  const { first, second, openConversation } = pair;
  await second.page.goto('/settings/account');
  await second.page.getByRole('combobox', { name: names.language, exact: true }).selectOption(other);
  await expect(second.page.locator('html')).toHaveAttribute('lang', other);
  await openConversation(first, second);
  await sendMessage(first.page, names, 'which language');
  const page = await (await openContext()).newPage();
  await openMail(page, second.email, first.username);
  await expect(page.locator('main')).toContainText(textsFor(other).email.stop);
  await expect(page.locator('main')).toContainText(textsFor(other).email.open);
});

test('the unsubscribe link asks first; pressing stops the mails @once', async ({
  pair,
  openContext,
  names,
  texts: { email, settings },
}) => {
  const { first, second, openConversation } = pair;
  await openConversation(first, second);
  await sendMessage(first.page, names, 'the first and last mail');
  const page = await (await openContext()).newPage();
  await openMail(page, second.email, first.username);
  const link = await readLink(page, 'unsubscribe');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(email.unsubscribeTitle);
  const mails = second.page.getByRole('combobox', { name: settings.notifications.email });
  await second.page.goto('/settings/notifications');
  await expect(mails).toHaveValue('every');

  await submit(page, email.unsubscribeButton);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(email.unsubscribeDoneTitle);
  await second.page.reload();
  await expect(mails).toHaveValue('never');
  await page.goto(`${link}x`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(email.unsubscribeBadTitle);

  // A later message to somebody else is mailed; by then the one to this person would be, too.
  await sendMessage(first.page, names, 'nobody is mailed this');
  await second.page.goto(first.page.url());
  await sendMessage(second.page, names, 'but this is mailed');
  await openMail(page, first.email, second.username);
  expect(await countMails(page, second.email, first.username)).toBe(1);
});

test('a reset link sets a new password once and ends every session @once', async ({
  addPerson,
  openContext,
  names,
  texts: { auth, email },
}) => {
  const person = await addPerson('minji');
  await openLiveChat(person.page);
  const page = await (await openContext()).newPage();
  await page.goto('/login');
  await page.getByRole('link', { name: auth.login.forgot }).click();
  for (const address of ['nobody@example.com', person.email]) {
    await fieldOf(page, names.email).fill(address);
    await submit(page, auth.forgotPassword.submit);
    await expect(page.getByText(auth.forgotPassword.sent)).toBeVisible();
    await expect(page.getByRole('button', { name: auth.forgotPassword.submit })).toBeEnabled();
    await page.reload();
  }
  await openMail(page, person.email, email.subjectReset);
  const link = await readLink(page, 'reset-password');
  const fresh = 'other-paper-82';
  await page.goto(link);
  const second = await page.context().newPage();
  await second.goto(link);
  await fieldOf(page, names.password).fill(fresh);
  await fieldOf(page, names.confirmPassword).fill(fresh);
  await submit(page, auth.resetPassword.submit);
  await expect(page.getByText(auth.login.resetDone)).toBeVisible();
  await expect(person.page).toHaveURL(/\/login/);

  // The link is used up, and so is the form that was already open.
  await fieldOf(second, names.password).fill('third-paper-93');
  await fieldOf(second, names.confirmPassword).fill('third-paper-93');
  await submit(second, auth.resetPassword.submit);
  await expect(second.getByText(auth.resetPassword.unusable)).toBeVisible();
  await second.goto(link);
  await expect(second.getByText(auth.resetPassword.unusable)).toBeVisible();

  await fieldOf(page, names.identifier).fill(person.email);
  await fieldOf(page, names.password).fill(person.password);
  await submit(page, names.logIn);
  await expectFieldError(fieldOf(page, names.password), auth.errors.credentialsWrong);
  await logIn(page, names, person.email, fresh);
  await page.goto('/settings/account');
  await expect(page.locator('main')).toContainText(person.email);
});

test('a new person confirms their address by the mailed link @once', async ({
  addPerson,
  openContext,
  texts: { auth, email, settings },
}) => {
  const person = await addPerson('minji');
  await person.page.goto('/settings/account');
  await expect(person.page.getByText(settings.account.unverified)).toBeVisible();
  const page = await (await openContext()).newPage();
  await openMail(page, person.email, email.subjectVerify);
  const link = await readLink(page, 'verify-email');
  await page.goto(link);
  // Opening alone, as mail scanners do, confirms nothing.
  await person.page.reload();
  await expect(person.page.getByText(settings.account.unverified)).toBeVisible();
  await submit(page, auth.verifyEmail.submit);
  await expect(page.getByText(auth.verifyEmail.done)).toBeVisible();
  await person.page.reload();
  await expect(person.page.getByText(settings.account.verified, { exact: true })).toBeVisible();
  await page.goto(`${link}x`);
  await expect(page.getByText(auth.verifyEmail.unusable)).toBeVisible();
});

test('with a real transport an address is confirmed first; the held mail leaves, its link works, and no mailbox is shown @cluster-only', async ({
  pair,
  openContext,
  names,
  baseURL,
  texts: { auth, chat, email },
}) => {
  const folder = process.env.DANDUL_E2E_MAILS ?? '';
  const { first, second, openConversation } = pair;
  const conversationId = await openConversation(first, second);
  await sendMessage(first.page, names, '메일로 갑니다');
  const page = await (await openContext()).newPage();
  const mailbox = await page.request.get('/dev/mailbox');
  expect(mailbox.status()).toBe(404);
  const waitForMail = async (to: string, words: string) => {
    const find = async () => (await readSunkMails(folder, to)).find(({ text }) => text?.includes(words));
    await expect.poll(async () => Boolean(await find()), { timeout: 30_000 }).toBe(true);
    return find();
  };
  const confirm = async (to: string) => {
    const mail = await waitForMail(to, email.bodyVerify);
    await page.goto(/https:\S+verify-email\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    await submit(page, auth.verifyEmail.submit);
    await expect(page.getByText(auth.verifyEmail.done)).toBeVisible();
  };

  await second.page.goto('/chat');
  const banner = second.page.getByText(chat.mail.unverified);
  await expect(banner).toBeVisible();
  await confirm(second.email);
  await second.page.reload();
  await expect(banner).toBeHidden();
  // Until the writer has confirmed theirs, nothing of them is mailed to people who never wrote to them.
  await confirm(first.email);
  const mail = await waitForMail(second.email, '메일로 갑니다');
  expect(await readSunkMails(folder, second.email)).toHaveLength(2);
  expect(mail?.subject).toContain(first.username);
  expect(mail?.html).toContain('메일로 갑니다');
  expect(mail?.headers.get('list')).toMatchObject({
    'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
  });
  const link = `${baseURL}/chat/${conversationId}?m=1`;
  expect(mail?.text).toContain(link);
  await page.goto(link);
  await expect(page).toHaveURL(/\/login\?next=/);
  await logIn(page, names, second.username, second.password);
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationId}`));
  await expect(messageAt(page, names, 1)).toBeInViewport();
});
