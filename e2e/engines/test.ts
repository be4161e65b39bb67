import { randomBytes } from 'node:crypto';
import { test as base, expect, uniqueName } from '../support/test.ts';
import type { Engine, Tab } from './engine.ts';
import { launchFirefox } from './firefox.ts';
import { button, field } from './screen.ts';
import { launchWebKit } from './webkit.ts';

export { expect };

type Newcomer = { username: string; email: string; password: string };

type Fixtures = {
  /** A tab of the engine, in the language of the project. */
  tab: Tab;
  /** Signs a person up in the tab through the form; resolves in the empty chat. */
  join: () => Promise<Newcomer>;
};

export const test = base.extend<Fixtures, { engine: Engine }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
    async ({}, use, { project }) => {
      const engine = await (project.name.startsWith('firefox') ? launchFirefox() : launchWebKit());
      await use(engine);
      await engine.close();
    },
    { scope: 'worker' },
  ],
  tab: async ({ engine, locale, baseURL, names }, use) => {
    const tab = await engine.openTab();
    try {
      await tab.open(`${baseURL}/signup`);
      await chooseLanguage(tab, locale?.startsWith('ko') ? 'ko' : 'en');
      await expect.poll(() => isShown(tab, field(names.username))).toBe(true);
      await use(tab);
      expect(await tab.run(() => JSON.parse(sessionStorage.getItem('errors') ?? '[]'))).toEqual([]);
    } finally {
      await tab.close();
    }
  },
  join: async ({ tab, names }, use) => {
    await use(async () => {
      const person = makeNewcomer();
      await fillIn(tab, names.username, person.username);
      await fillIn(tab, names.email, person.email);
      await fillIn(tab, names.password, person.password);
      await fillIn(tab, names.confirmPassword, person.password);
      await tab.click(button(names.signUp));
      await expect.poll(() => pathOf(tab)).toBe('/chat');
      return person;
    });
  },
});

export function makeNewcomer(): Newcomer {
  return {
    username: uniqueName('minji'),
    email: `${randomBytes(6).toString('hex')}@example.com`,
    password: 'quiet-paper-71',
  };
}

/** Clicks into the field and types; what stands there stays in front. */
export async function fillIn(tab: Tab, label: string, text: string): Promise<void> {
  await tab.click(field(label));
  await tab.type(text);
}

export const pathOf = (tab: Tab) => tab.run(() => location.pathname);

/** Takes a language from the corner of a guest's page, which is drawn anew in it. */
async function chooseLanguage(tab: Tab, language: string): Promise<void> {
  const shown = () => tab.run(() => document.documentElement.lang);
  if ((await shown()) !== language) {
    await tab.run((language) => {
      const select = document.querySelector<HTMLSelectElement>('select[name="locale"]');
      if (!select) throw new Error('there is no choice of language');
      select.value = language;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, language);
  }
  await expect.poll(shown).toBe(language);
}

/** Whether an element is there with a place on the page. */
export function isShown(tab: Tab, xpath: string): Promise<boolean> {
  return tab.run((xpath) => {
    const found = document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
    const element = found.singleNodeValue as Element | null;
    return element !== null && element.getClientRects().length > 0;
  }, xpath);
}
