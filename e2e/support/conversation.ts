import type { Locator, Page } from '@playwright/test';
import type { Names } from './names.ts';
import { entryOf, expect } from './test.ts';

export function logOf(page: Page, names: Names): Locator {
  return page.getByRole('log', { name: names.timeline });
}

export function articlesOf(page: Page, names: Names): Locator {
  return logOf(page, names).getByRole('article');
}

export function composerOf(page: Page, names: Names): Locator {
  return page.getByRole('textbox', { name: names.composer, exact: true });
}

/** One message by its place in the conversation. */
export function messageAt(page: Page, names: Names, seq: number): Locator {
  return logOf(page, names).locator(`article[data-seq="${seq}"]`);
}

/** Opens the list: it stands beside the conversation on a desktop, behind the back button on a phone. */
export async function showList(page: Page, names: Names, isPhone: boolean): Promise<void> {
  const list = page.getByRole('navigation', { name: names.chats });
  if (isPhone && !new URL(page.url()).pathname.endsWith('/chat')) {
    await page.locator('main header a[href="/chat"]').click();
  }
  await expect(list).toBeVisible();
}

/** Goes to a partner's conversation through the list. */
export async function goToConversation(
  page: Page,
  names: Names,
  username: string,
  isPhone: boolean,
): Promise<void> {
  await showList(page, names, isPhone);
  await entryOf(page, names, username).click();
  await expect(page.getByRole('heading', { level: 1, name: username })).toBeVisible();
  await expect(composerOf(page, names)).toBeVisible();
}

/** The pill that counts what is unread below and leads there. */
export function pillOf(page: Page, count: number | string): Locator {
  return page.getByRole('button', { name: new RegExp(`^(아래에 ${count}개 더|${count} more below)$`) });
}

/** Opens the menu of the conversation. */
export async function openMenu(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  await expect(page.getByRole('menu')).toBeVisible();
}

/** Blocks the partner of the open conversation through its menu. */
export async function blockPartner(
  page: Page,
  texts: { header: { menu: string; block: string }; block: { confirm: string; undo: string } },
): Promise<void> {
  await openMenu(page, texts.header.menu);
  await page.getByRole('menuitem', { name: texts.header.block, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: texts.block.confirm, exact: true }).click();
  await expect(page.getByRole('button', { name: texts.block.undo, exact: true })).toBeVisible();
}

/** Each status that a message with this text shows, in the order of appearance, from now on. */
export async function watchStatuses(
  page: Page,
  names: Names,
  text: string,
): Promise<() => Promise<string[]>> {
  await page.evaluate(
    ({ text, label }) => {
      const seen: string[] = [];
      Object.assign(window, { seenStatuses: seen });
      const note = () => {
        for (const article of document.querySelectorAll<HTMLElement>(`[aria-label="${label}"] article`)) {
          const status = article.dataset.status ?? '';
          if (article.textContent?.includes(text) && seen.at(-1) !== status) seen.push(status);
        }
      };
      new MutationObserver(note).observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['data-status'],
      });
    },
    { text, label: names.timeline },
  );
  return () => page.evaluate(() => (window as unknown as { seenStatuses: string[] }).seenStatuses);
}

/** Takes the focus from a page, or gives it back, because every page of Playwright believes that it has the focus. */
export async function setFocused(page: Page, isFocused: boolean): Promise<void> {
  await page.evaluate((focused) => {
    document.hasFocus = () => focused;
    window.dispatchEvent(new Event(focused ? 'focus' : 'blur'));
  }, isFocused);
}
