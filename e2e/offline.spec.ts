import { fieldOf, openLiveChat, submit } from './support/account.ts';
import { composerOf, goToConversation, showList } from './support/conversation.ts';
import { entryOf, expect, messageOf, openConversation, test } from './support/test.ts';

test('an account form without a connection says so, keeps what was typed, and works afterwards @phone', async ({
  addPerson,
  openContext,
  names,
  texts: { auth, common },
}) => {
  const person = await addPerson('minji');
  const context = await openContext();
  const page = await context.newPage();
  await page.goto('/login');
  await expect(page.getByRole('button', { name: common.showCharacters })).toBeVisible();
  const [identifier, password] = [fieldOf(page, names.identifier), fieldOf(page, names.password)];
  await identifier.fill(person.username);
  await password.fill(person.password);
  await context.setOffline(true);
  await submit(page, names.logIn);
  await expect(page.getByRole('alert').filter({ hasText: auth.errors.unreachable })).toBeVisible();
  await expect(identifier).toHaveValue(person.username);
  await context.setOffline(false);
  await password.fill(person.password);
  await submit(page, names.logIn);
  await expect(page).toHaveURL(/\/chat$/);
});

test('a setting or a log-out without a connection says so and changes nothing @once', async ({
  addPerson,
  names,
  texts: { auth, settings },
}) => {
  const { page, context } = await addPerson('minji');
  await openLiveChat(page, '/settings/notifications');
  await context.setOffline(true);
  const mails = page.getByRole('combobox', { name: settings.notifications.email });
  await mails.selectOption('never');
  const alerts = page.getByRole('alert').filter({ hasText: auth.errors.unreachable });
  await expect(alerts).toHaveCount(1);
  await expect(mails).toHaveValue('every');
  await submit(page, names.logOut);
  await expect(alerts).toHaveCount(2);
  await context.setOffline(false);
  await page.reload();
  await expect(mails).toHaveValue('every');
});

test('a message left waiting goes from any page of a member @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page, context } = first;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await context.setOffline(true);
  await composerOf(page, names).fill('from the settings');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, 'from the settings')).toHaveAttribute('data-status', 'sending');
  await page.close();
  await context.setOffline(false);
  await (await context.newPage()).goto('/settings/account');
  await expect(second.page.getByRole('article').filter({ hasText: 'from the settings' })).toBeVisible();
});

test('the focus follows from the list to the conversation and back @once', async ({
  pair,
  names,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await page.goto('/chat');
  await goToConversation(page, names, second.username, isPhone);
  await expect(isPhone ? page.locator('#main') : composerOf(page, names)).toBeFocused();
  if (!isPhone) return;
  await showList(page, names, isPhone);
  await expect(entryOf(page, names, second.username)).toBeFocused();
});
