import { expect, test } from './support/test.ts';

test('a menu is moved in by keys, closes on Escape and beside it, and gives the focus back @once', async ({
  pair,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  const { header } = texts.chat;
  const button = page.getByRole('button', { name: header.menu });
  const menu = page.getByRole('menu', { name: header.menu });
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  await button.focus();
  await page.keyboard.press('ArrowUp');
  await expect(item(header.delete)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(header.search)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(header.mute)).toBeFocused();
  // A Hangul letter comes through an input method, which has no key for it.
  await page.keyboard.press(/^\w/.test(header.block) ? header.block.slice(0, 1) : 'ArrowDown');
  await expect(item(header.block)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item(header.search)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(menu).toBeHidden();
  await button.click();
  await expect(menu).toBeVisible();
  await page.getByRole('log').click({ position: { x: 5, y: 5 } });
  await expect(menu).toBeHidden();
});

test('a dialog keeps the focus, closes on Escape and beside it, and gives the focus back @phone', async ({
  pair,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  const { header } = texts.chat;
  const button = page.getByRole('button', { name: header.menu });
  const dialog = page.getByRole('dialog');
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => page.mouse.click(isPhone ? 195 : 40, 40),
    () => dialog.getByRole('button', { name: texts.common.close, exact: true }).click(),
  ]) {
    await button.click();
    await page.getByRole('menuitem', { name: header.block, exact: true }).click();
    await expect(dialog).toBeVisible();
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab');
      const isOutside = await page.evaluate(
        () => document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
      );
      expect(isOutside).toBe(false);
    }
    // A press that starts inside and ends outside, as when selecting text, closes nothing.
    const box = await dialog.getByRole('heading').boundingBox();
    await page.mouse.move(box?.x ?? 0, box?.y ?? 0);
    await page.mouse.down();
    await page.mouse.move(40, 40);
    await page.mouse.up();
    await expect(dialog).toBeVisible();
    await leave();
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  }
});
