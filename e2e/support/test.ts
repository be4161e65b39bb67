import { randomBytes } from 'node:crypto';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { TIME_ZONE_COOKIE } from '../../lib/time-zone.ts';
import { openLiveChat } from './account.ts';
import { enroll, startConversation } from './enroll.ts';
import { type Names, namesFor } from './names.ts';
import { textsFor } from './texts.ts';

export { expect };

export type Person = {
  username: string;
  email: string;
  password: string;
  context: BrowserContext;
  page: Page;
};

type Fixtures = {
  /** The accessible names in this project's language. */
  names: Names;
  /** The catalogue of this project's language, for everything beyond `names`. */
  texts: ReturnType<typeof textsFor>;
  isPhone: boolean;
  /** A new context like the project's own. */
  openContext: (
    options?: Parameters<import('@playwright/test').Browser['newContext']>[0],
  ) => Promise<BrowserContext>;
  /** Signs a new person up, in a context of their own, whose page is still blank. */
  addPerson: (name: string) => Promise<Person>;
  /** Two people, and the way to make and open a conversation between them. */
  pair: { first: Person; second: Person; openConversation: (from: Person, to: Person) => Promise<string> };
};

const PASSWORD = 'quiet-paper-71';

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  baseURL: async ({}, use) => use(process.env.DANDUL_E2E_URL),
  names: async ({ locale }, use) => use(namesFor(locale)),
  texts: async ({ locale }, use) => use(textsFor(locale)),
  isPhone: async ({ isMobile }, use) => use(isMobile),
  openContext: async (
    {
      browser,
      contextOptions,
      locale,
      timezoneId,
      viewport,
      userAgent,
      isMobile,
      hasTouch,
      deviceScaleFactor,
      baseURL,
      ignoreHTTPSErrors,
    },
    use,
  ) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        locale,
        timezoneId,
        viewport,
        userAgent,
        isMobile,
        hasTouch,
        deviceScaleFactor,
        baseURL,
        ignoreHTTPSErrors,
        ...options,
      });
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  addPerson: async ({ openContext, locale, timezoneId }, use) => {
    await use(async (name) => {
      const username = uniqueName(name);
      const context = await openContext();
      const page = await context.newPage();
      const person = {
        username,
        email: `${randomBytes(6).toString('hex')}@example.com`,
        password: PASSWORD,
        context,
        page,
      };
      await enroll(context, person, locale ?? 'en-US');
      // As after a first page, which renders again once the browser has told its zone.
      const zone = { name: TIME_ZONE_COOKIE, value: encodeURIComponent(timezoneId ?? 'UTC') };
      await context.addCookies([{ ...zone, url: process.env.DANDUL_E2E_URL }]);
      return person;
    });
  },
  pair: async ({ addPerson, names }, use) => {
    const [first, second] = await Promise.all([addPerson('민지'), addPerson('junho')]);
    await use({
      first,
      second,
      openConversation: (from, to) => openConversation(from.page, names, to.username),
    });
  },
});

/** A name that nobody has yet; scripts that may not be mixed with Latin letters get digits only. */
export function uniqueName(name: string): string {
  const suffix = randomBytes(4);
  const mixes = /^[\p{sc=Latin}\p{sc=Hangul}\p{sc=Han}\p{sc=Common}]+$/u.test(name);
  return `${name}_${mixes ? suffix.toString('hex') : suffix.readUInt32BE()}`;
}

/** Fills and submits the sign-up form and waits until the person is in. */
export async function signUp(
  page: Page,
  names: Names,
  person: { username: string; email: string; password: string },
  path = '/signup',
): Promise<void> {
  await page.goto(path);
  await page.getByLabel(names.username, { exact: true }).fill(person.username);
  await page.getByLabel(names.email, { exact: true }).fill(person.email);
  await page.getByLabel(names.password, { exact: true }).fill(person.password);
  await page.getByLabel(names.confirmPassword, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: names.signUp, exact: true }).click();
  await expect(page).not.toHaveURL(/\/signup/);
}

/** Logs in through the form and waits until the person is in. */
export async function logIn(
  page: Page,
  names: Names,
  identifier: string,
  password = PASSWORD,
): Promise<void> {
  await page.getByLabel(names.identifier, { exact: true }).fill(identifier);
  await page.getByLabel(names.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: names.logIn, exact: true }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Makes the conversation with a person and opens it; returns the conversation's id. */
export async function openConversation(page: Page, names: Names, username: string): Promise<string> {
  const conversationId = await startConversation(page.context(), username);
  await openLiveChat(page, `/chat/${conversationId}`);
  await expect(page.getByRole('textbox', { name: names.composer })).toBeVisible();
  return conversationId;
}

/** Writes a message and sends it by the button; resolves when the server has it. */
export async function sendMessage(page: Page, names: Names, text: string): Promise<void> {
  await page.getByRole('textbox', { name: names.composer }).fill(text);
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, text).last()).toHaveAttribute('data-status', /sent|delivered|read/);
}

/** The articles of the open conversation that contain a text. */
export function messageOf(page: Page, names: Names, text: string) {
  return page.getByRole('log', { name: names.timeline }).getByRole('article').filter({ hasText: text });
}

/** The list entry of a partner. */
export function entryOf(page: Page, names: Names, username: string) {
  return page.getByRole('navigation', { name: names.chats }).getByRole('link', { name: username });
}
