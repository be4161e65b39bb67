import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPageReload, type PageReload } from '#lib/chat-client/connection/page-reload.ts';

/** A document with what is asked of it; its listeners are real. */
class Page extends EventTarget {
  hidden = false;
  fields: { value: string; defaultValue: string }[] = [];
  querySelectorAll = () => this.fields;
}

let page: Page;
let stored: Map<string, string>;
let isKept: boolean;
let reload: PageReload;
const reloadPage = vi.fn();

/** What a load of the page does: everything but the tab's own storage begins anew. */
function load() {
  page = new Page();
  vi.stubGlobal('document', page);
  reload = createPageReload(() => isKept);
}

beforeEach(() => {
  vi.useFakeTimers();
  reloadPage.mockClear();
  stored = new Map();
  isKept = true;
  vi.stubGlobal('location', { reload: reloadPage });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  load();
});
afterEach(() => {
  reload.stop?.();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const happen = (type: string) => page.dispatchEvent(new Event(type));

test('a page where nobody types is loaded anew at once', () => {
  reload.outdated();
  expect(reloadPage).toHaveBeenCalledTimes(1);
});

test('a page where somebody types is loaded anew after a pause, or as soon as it is hidden', async () => {
  happen('input');
  reload.outdated();
  for (let keys = 0; keys < 10; keys++) {
    await pass(1_000);
    happen('input');
  }
  expect(reloadPage).not.toHaveBeenCalled();
  await pass(6_000);
  expect(reloadPage).toHaveBeenCalledTimes(1);

  load();
  stored.clear();
  happen('input');
  reload.outdated();
  expect(reloadPage).toHaveBeenCalledTimes(1);
  page.hidden = true;
  await pass(1_000);
  expect(reloadPage).toHaveBeenCalledTimes(2);
});

test.each([
  ['a syllable is being composed', () => happen('compositionstart'), () => happen('compositionend')],
  [
    'a field holds what is kept nowhere',
    () => page.fields.push({ value: 'half', defaultValue: '' }),
    () => page.fields.splice(0),
  ],
  [
    'something written lasts only as long as the page',
    () => {
      isKept = false;
    },
    () => {
      isKept = true;
    },
  ],
])('while %s the page stays, hidden or not', async (_, begin, end) => {
  begin();
  reload.outdated();
  await pass(60_000);
  page.hidden = true;
  await pass(60_000);
  expect(reloadPage).not.toHaveBeenCalled();
  end();
  await pass(6_000);
  expect(reloadPage).toHaveBeenCalledTimes(1);
});

test('when the reload brings the same page again, the next waits, each longer than the one before', async () => {
  const times: number[] = [];
  reloadPage.mockImplementation(() => {
    times.push(Date.now());
    load();
    reload.outdated();
  });
  reload.outdated();
  await pass(3_600_000);
  const waits = times.slice(1).map((at, index) => at - (times[index] as number));
  expect(waits.slice(0, 3).map((wait) => Math.floor(wait / 30_000))).toEqual([1, 4, 20]);
  expect(times.length).toBeLessThan(10);
});

test('a connection ends the wait and forgets the reloads', async () => {
  happen('input');
  reload.outdated();
  reload.connected?.();
  await pass(60_000);
  expect(reloadPage).not.toHaveBeenCalled();
  expect(stored.size).toBe(0);
});

test('where the tab can keep no note, nothing reloads by itself', async () => {
  vi.stubGlobal('sessionStorage', undefined);
  reload.outdated();
  await pass(3_600_000);
  expect(reloadPage).not.toHaveBeenCalled();
});
