import { openLiveChat } from '../support/account.ts';
import { entryOf, messageOf, sendMessage } from '../support/test.ts';
import { button, field, link, option } from './screen.ts';
import { expect, fillIn, isShown, makeNewcomer, pathOf, test } from './test.ts';
import { bodiesOf, statusOf } from './timeline.ts';

test('a sign-up that is refused says why beside the field and keeps what was typed; then it goes through', async ({
  tab,
  names,
}) => {
  const { username, email, password } = makeNewcomer();
  await fillIn(tab, names.username, username);
  await fillIn(tab, names.email, email);
  await fillIn(tab, names.password, password);
  await fillIn(tab, names.confirmPassword, `${password}x`);
  await tab.click(button(names.signUp));
  const read = (label: string) =>
    tab.run((xpath) => {
      const found = document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
      const input = found.singleNodeValue as HTMLInputElement;
      return { value: input.value, isInvalid: input.getAttribute('aria-invalid') === 'true' };
    }, field(label));
  await expect.poll(async () => (await read(names.confirmPassword)).isInvalid).toBe(true);
  expect(await read(names.username)).toEqual({ value: username, isInvalid: false });
  expect(await pathOf(tab)).toBe('/signup');

  await tab.click(field(names.confirmPassword));
  await tab.run((xpath) => {
    const found = document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
    (found.singleNodeValue as HTMLInputElement).select();
  }, field(names.confirmPassword));
  await tab.type(password);
  await tab.click(button(names.signUp));
  await expect.poll(() => pathOf(tab)).toBe('/chat');
});

test('one finds the other by part of a name, both talk live, read marks come, and a reload keeps it all', async ({
  tab,
  join,
  addPerson,
  names,
}) => {
  const [me, partner] = await Promise.all([join(), addPerson('민지')]);
  await openLiveChat(partner.page);
  await tab.click(link(names.newMessage));
  await fillIn(tab, names.searchPeople, partner.username.slice(0, 6));
  await tab.click(option(partner.username));
  await expect.poll(() => pathOf(tab)).toMatch(/^\/chat\/[0-9a-f-]{36}$/);
  await expect.poll(() => isShown(tab, field(names.composer))).toBe(true);

  await fillIn(tab, names.composer, 'hello there');
  await tab.press('Enter');
  await expect.poll(() => statusOf(tab, 'hello there')).toBe('delivered');
  await entryOf(partner.page, names, me.username).click();
  await expect(messageOf(partner.page, names, 'hello there')).toBeVisible();
  await expect.poll(() => statusOf(tab, 'hello there')).toBe('read');

  await sendMessage(partner.page, names, '반가워요');
  await expect.poll(() => bodiesOf(tab)).toEqual(['hello there', '반가워요']);
  await expect(messageOf(partner.page, names, '반가워요')).toHaveAttribute('data-status', 'read');
  await fillIn(tab, names.composer, 'by the button');
  await tab.click(button(names.send));
  await expect(messageOf(partner.page, names, 'by the button')).toBeVisible();

  await tab.reload();
  await expect.poll(() => bodiesOf(tab)).toEqual(['hello there', '반가워요', 'by the button']);
  await expect.poll(() => statusOf(tab, 'by the button')).toBe('read');
  await sendMessage(partner.page, names, 'after the reload');
  await expect.poll(async () => (await bodiesOf(tab)).at(-1)).toBe('after the reload');
});
