import type { Locator, Page } from '@playwright/test';
import { composerOf, messageAt } from './conversation.ts';
import type { Names } from './names.ts';
import { expect } from './test.ts';
import type { textsFor } from './texts.ts';

type Texts = ReturnType<typeof textsFor>;

/** The item of an open menu of a message. */
export const itemOf = (page: Page, name: string): Locator =>
  page.getByRole('menuitem', { name, exact: true });

/** Holds a finger on something until its menu is there, then lifts it; again when the page was not ready for it. */
export async function longPress(page: Page, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await expect(async () => {
    const at = await middleOf(target);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    try {
      await expect(page.getByRole('menu')).toBeVisible({ timeout: 3000 });
    } finally {
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    }
  }).toPass();
  await session.detach();
}

/** Draws a finger to the right over something, until `outcome` is there. */
export async function swipeRight(page: Page, target: Locator, outcome: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await expect(async () => {
    const { x, y } = await middleOf(target);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    for (let way = 10; way <= 140; way += 10) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x + way, y }] });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(outcome).toBeVisible({ timeout: 2000 });
  }).toPass();
  await session.detach();
}

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

type Scene = { names: Names; texts: Texts; isPhone: boolean };

/** Opens the menu of a message: on a phone by a long press, else by the button beside it. */
export async function openMessageMenu(
  page: Page,
  { names, texts, isPhone }: Scene,
  seq: number,
): Promise<void> {
  const message = messageAt(page, names, seq);
  if (isPhone) return longPress(page, bubbleOf(message));
  // A list that scrolls takes no presses.
  await expect(message).toHaveCSS('pointer-events', 'auto');
  // The button moves aside when the quick actions come, which is at the first message only once they are loaded.
  await expect(async () => {
    await message.hover();
    await message.getByRole('button', { name: texts.chat.act.menu, exact: true }).click();
    await expect(page.getByRole('menu', { name: texts.chat.act.menu })).toBeVisible({ timeout: 3000 });
  }).toPass();
}

/** Opens the menu of a row of the list: on a phone by a long press, else by its button. */
export async function openRowMenu(
  page: Page,
  { names, texts, isPhone }: Scene,
  username: string,
): Promise<void> {
  const row = page
    .getByRole('navigation', { name: names.chats })
    .getByRole('listitem')
    .filter({ hasText: username });
  if (isPhone) return longPress(page, row.getByRole('link'));
  await row.hover();
  await row.getByRole('button', { name: texts.chat.list.rowMenu, exact: true }).click();
  await expect(page.getByRole('menu', { name: texts.chat.list.rowMenu })).toBeVisible();
}

/** The bubble of a message, without what stands beside it. */
export const bubbleOf = (message: Locator): Locator => message.locator('[id$="-text"]');

/** Does with a message what an item of its menu says. */
export async function choose(
  page: Page,
  scene: Scene,
  seq: number,
  what:
    | 'reply'
    | 'react'
    | 'copy'
    | 'forward'
    | 'edit'
    | 'pin'
    | 'unpin'
    | 'star'
    | 'unstar'
    | 'select'
    | 'details'
    | 'delete',
): Promise<void> {
  await openMessageMenu(page, scene, seq);
  await itemOf(page, scene.texts.chat.act[what]).click();
  await expect(page.getByRole('menu')).toBeHidden();
}

/** Writes over what stands in the composer and sends it by the button. */
export async function writeAndSend(page: Page, names: Names, text: string): Promise<void> {
  await composerOf(page, names).fill(text);
  await page.getByRole('button', { name: names.send, exact: true }).click();
}

/** What stands above the composer's text while it answers or changes a message. */
export const trayOf = (page: Page, label: string): Locator =>
  page.getByRole('group', { name: label, exact: true });
