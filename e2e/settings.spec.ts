import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectFieldError, fieldOf, openLiveChat, submit } from './support/account.ts';
import { blockPartner } from './support/conversation.ts';
import { namesFor } from './support/names.ts';
import { expect, logIn, test } from './support/test.ts';

/** Waits until a setting that saves itself has been answered. */
async function saved(page: Page, change: () => Promise<unknown>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await change();
  await answered;
}

test('/settings leads to the first page; from each page the others are one step, and ← leaves them all', async ({
  pair,
  names,
  texts: { chat, settings },
}) => {
  const { page } = pair.first;
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/settings\/account$/);
  await page.goto('/chat');
  await page.getByRole('link', { name: chat.list.settings, exact: true }).click();
  const links = page.getByRole('navigation', { name: settings.title, exact: true }).getByRole('link');
  await expect(links).toHaveText(Object.values(settings.pages));
  for (const name of ['security', 'notifications', 'privacy', 'account'] as const) {
    await links.filter({ hasText: settings.pages[name] }).click();
    await expect(page).toHaveURL(new RegExp(`/settings/${name}$`));
    await expect(page.getByRole('region', { name: settings.pages[name], exact: true })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${settings.pages[name]} · ${settings.title} · `));
    await expect(page.locator('[aria-current=page]')).toHaveText(settings.pages[name]);
  }
  await page.getByRole('link', { name: settings.back, exact: true }).click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(page.getByRole('navigation', { name: names.chats })).toBeVisible();
  // It was the browser's Back: forward leads to the page that was open last, and there is just the one.
  await page.goForward();
  await expect(page).toHaveURL(/\/settings\/account$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
});

test('the language changes the page at once, later visits, and every device of the person', async ({
  addPerson,
  openContext,
  names,
  locale,
}) => {
  const { page, context, username, password } = await addPerson('minji');
  const [own, other] = locale?.startsWith('ko') ? ['ko', 'en'] : ['en', 'ko'];
  const otherNames = namesFor(other);
  await page.goto('/settings/account');
  await expect(page.locator('html')).toHaveAttribute('lang', own as string);
  await page.getByRole('combobox', { name: names.language, exact: true }).selectOption(other as string);
  await expect(page.locator('html')).toHaveAttribute('lang', other as string);
  await expect(page.getByRole('button', { name: otherNames.logOut, exact: true })).toBeVisible();
  await page.goto('/chat');
  await expect(page.getByRole('navigation', { name: otherNames.chats })).toBeVisible();

  const device = await (await openContext()).newPage();
  await device.goto('/login');
  await logIn(device, names, username, password);
  await expect(device.getByRole('navigation', { name: otherNames.chats })).toBeVisible();

  await page.goto('/settings/account');
  await submit(page, otherNames.logOut);
  await expect(page.getByRole('button', { name: otherNames.logIn, exact: true })).toBeVisible();
  expect(await context.cookies()).toContainEqual(
    expect.objectContaining({ name: 'dandul.locale', value: other, sameSite: 'Lax' }),
  );
});

test('the theme changes the page at once and later visits @once', async ({
  addPerson,
  texts: { settings },
}) => {
  const { page } = await addPerson('minji');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/settings/account');
  const root = page.locator('html');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect(root).toHaveAttribute('data-theme', 'system');
  const light = await paper();
  await page.getByRole('combobox', { name: settings.display.theme }).selectOption('dark');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await paper()).not.toBe(light);
  await page.goto('/chat');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.goto('/settings/account');
  await expect(page.getByRole('combobox', { name: settings.display.theme })).toHaveValue('dark');
  await page.getByRole('combobox', { name: settings.display.theme }).selectOption('system');
  await expect(root).toHaveAttribute('data-theme', 'system');
  await expect.poll(paper).toBe(light);
});

test('which messages are mailed is chosen, and stays so @once', async ({
  addPerson,
  texts: { settings },
}) => {
  const { page } = await addPerson('minji');
  await page.goto('/settings/notifications');
  const mails = page.getByRole('combobox', { name: settings.notifications.email });
  await expect(mails).toHaveValue('every');
  for (const choice of ['unread', 'daily', 'never', 'every']) {
    await saved(page, () => mails.selectOption(choice));
    await page.reload();
    await expect(mails).toHaveValue(choice);
  }
});

test('a new password ends the other sessions and keeps this one @once', async ({
  addPerson,
  openContext,
  names,
  texts: { settings, auth },
}) => {
  const { page, username, password } = await addPerson('minji');
  const device = await (await openContext()).newPage();
  await device.goto('/login');
  await logIn(device, names, username, password);
  await openLiveChat(device);

  await page.goto('/settings/security');
  const fresh = 'other-paper-82';
  const fill = async (current: string, confirm = fresh) => {
    await fieldOf(page, settings.password.current).fill(current);
    await fieldOf(page, settings.password.new).fill(fresh);
    await fieldOf(page, settings.password.confirm).fill(confirm);
    await submit(page, settings.password.submit);
  };
  await fill('wrong-paper-17');
  await expectFieldError(fieldOf(page, settings.password.current), auth.errors.currentPasswordWrong);
  await fill(password, 'another-paper-82');
  await expectFieldError(fieldOf(page, settings.password.confirm), auth.errors.passwordMismatch);
  await fill(password);
  await expect(page.getByText(settings.password.done)).toBeVisible();

  await expect(device).toHaveURL(/\/login/);
  await page.reload();
  await expect(page).toHaveURL(/\/settings\/security$/);
  await device.goto('/login');
  await fieldOf(device, names.identifier).fill(username);
  await fieldOf(device, names.password).fill(password);
  await submit(device, names.logIn);
  await expectFieldError(fieldOf(device, names.password), auth.errors.credentialsWrong);
  await logIn(device, names, username, fresh);
  await expect(device).toHaveURL(/\/chat$/);
});

test('the list of devices ends another one’s session and offers no end to this one’s @phone', async ({
  addPerson,
  openContext,
  names,
  texts: { settings },
}) => {
  const { page, username, password } = await addPerson('minji');
  const device = await (await openContext()).newPage();
  await device.goto('/login');
  await logIn(device, names, username, password);
  await openLiveChat(device);

  await page.goto('/settings/security');
  const list = page.getByRole('region', { name: settings.sessions.title }).getByRole('listitem');
  await expect(list).toHaveCount(2);
  const here = list.filter({ hasText: settings.sessions.here });
  await expect(here).toHaveCount(1);
  await expect(here.getByRole('button')).toHaveCount(0);
  await list.getByRole('button').click();
  await expect(page.getByText(settings.sessions.ended)).toBeVisible();
  await expect(list).toHaveCount(1);
  await expect(device).toHaveURL(/\/login/);
  await page.reload();
  await expect(page).toHaveURL(/\/settings\/security$/);
});

test('who is blocked stands in the settings, and can be unblocked there @once', async ({
  pair,
  names,
  texts: { chat, settings },
}) => {
  const { first, second } = pair;
  const { page } = first;
  await page.goto('/settings/privacy');
  await expect(page.getByText(settings.blocked.none)).toBeVisible();
  const conversation = await pair.openConversation(first, second);
  await blockPartner(page, chat);

  await page.goto('/settings/privacy');
  const people = page.getByRole('list', { name: settings.blocked.title }).getByRole('listitem');
  await expect(people).toHaveCount(1);
  await expect(people).toContainText(second.username);
  await people.getByRole('button').click();
  await expect(page.getByText(settings.blocked.unblocked)).toBeVisible();
  await expect(people).toHaveCount(0);
  await page.goto(`/chat/${conversation}`);
  await expect(page.getByRole('textbox', { name: names.composer })).toBeVisible();
});

// The settings and the other pages are checked in looks.spec.ts.
for (const path of ['/verify-email', '/unsubscribe']) {
  test(`axe finds nothing on ${path} in both themes @once`, async ({ page }) => {
    await page.goto(path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Colours change over a moment.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
