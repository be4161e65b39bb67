import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectFieldError, fieldOf, openLiveChat, submit } from './support/account.ts';
import { namesFor } from './support/names.ts';
import { expect, logIn, test } from './support/test.ts';

/** Waits until a setting that saves itself has been answered. */
async function saved(page: Page, change: () => Promise<unknown>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await change();
  await answered;
}

test('the language changes the page at once, later visits, and every device of the person', async ({
  addPerson,
  openContext,
  names,
  locale,
}) => {
  const { page, context, username, password } = await addPerson('minji');
  const [own, other] = locale?.startsWith('ko') ? ['ko', 'en'] : ['en', 'ko'];
  const otherNames = namesFor(other);
  await page.goto('/settings');
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

  await page.goto('/settings');
  await submit(page, otherNames.logOut);
  await expect(page.getByRole('button', { name: otherNames.logIn, exact: true })).toBeVisible();
  expect(await context.cookies()).toContainEqual(
    expect.objectContaining({ name: 'dandul.locale', value: other, sameSite: 'Lax' }),
  );
});

test('the theme changes the page at once and later visits', async ({ addPerson, texts: { settings } }) => {
  const { page } = await addPerson('minji');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/settings');
  const root = page.locator('html');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect(root).toHaveAttribute('data-theme', 'system');
  const light = await paper();
  await page.getByRole('combobox', { name: settings.display.theme }).selectOption('dark');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await paper()).not.toBe(light);
  await page.goto('/chat');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.goto('/settings');
  await expect(page.getByRole('combobox', { name: settings.display.theme })).toHaveValue('dark');
  await page.getByRole('combobox', { name: settings.display.theme }).selectOption('system');
  await expect(root).toHaveAttribute('data-theme', 'system');
  await expect.poll(paper).toBe(light);
});

test('which messages are mailed is chosen, and stays so', async ({ addPerson, texts: { settings } }) => {
  const { page } = await addPerson('minji');
  await page.goto('/settings');
  const mails = page.getByRole('combobox', { name: settings.notifications.email });
  await expect(mails).toHaveValue('every');
  for (const choice of ['unread', 'daily', 'never', 'every']) {
    await saved(page, () => mails.selectOption(choice));
    await page.reload();
    await expect(mails).toHaveValue(choice);
  }
});

test('a new password ends the other sessions and keeps this one', async ({
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

  await page.goto('/settings');
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
  await expect(page).toHaveURL(/\/settings$/);
  await device.goto('/login');
  await fieldOf(device, names.identifier).fill(username);
  await fieldOf(device, names.password).fill(password);
  await submit(device, names.logIn);
  await expectFieldError(fieldOf(device, names.password), auth.errors.credentialsWrong);
  await logIn(device, names, username, fresh);
  await expect(device).toHaveURL(/\/chat$/);
});

test('the list of devices ends another one’s session and offers no end to this one’s', async ({
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

  await page.goto('/settings');
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
  await expect(page).toHaveURL(/\/settings$/);
});

// Settings and the other doors are in looks.spec.ts.
for (const path of ['/verify-email', '/unsubscribe']) {
  test(`axe finds nothing on ${path} in both themes`, async ({ page }) => {
    await page.goto(path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
