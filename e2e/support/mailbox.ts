import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** Opens the developer mailbox and counts the mails to `address` whose subject contains `subject`. */
export async function countMails(page: Page, address: string, subject: string | RegExp): Promise<number> {
  await page.goto('/dev/mailbox');
  return mailsOf(page, address, subject).count();
}

const mailsOf = (page: Page, address: string, subject: string | RegExp) =>
  page.getByRole('listitem').filter({ hasText: address }).filter({ hasText: subject });

/** Waits for a mail to `address` in the developer mailbox and opens it. */
export async function openMail(page: Page, address: string, subject: string | RegExp): Promise<void> {
  await expect.poll(() => countMails(page, address, subject), { timeout: 30_000 }).toBeGreaterThan(0);
  await mailsOf(page, address, subject).first().getByRole('link').click();
  await expect(page).toHaveURL(/\/dev\/mailbox\/.+\.eml$/);
}

/** The address behind a link of the open mail, as a path of the server under test. */
export async function readLink(page: Page, part: string): Promise<string> {
  const href = await page.locator(`main li a[href*="${part}"]`).first().getAttribute('href');
  const { pathname, search } = new URL(href ?? '');
  return pathname + search;
}
