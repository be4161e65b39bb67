import { startConversation } from '../support/enroll.ts';
import type { Tab } from './engine.ts';
import { button, field } from './screen.ts';
import { expect, isShown, test } from './test.ts';
import { bodiesOf, focusedText, statusOf } from './timeline.ts';

/** Whether a text is under composition, as the page itself was told. */
const watchComposition = (tab: Tab) =>
  tab.run(() => {
    const note = (is: string) => () => {
      document.body.dataset.composing = is;
    };
    document.addEventListener('compositionstart', note('yes'), true);
    document.addEventListener('compositionend', note('no'), true);
  });
const isComposing = (tab: Tab) => tab.run(() => document.body.dataset.composing === 'yes');

test.beforeEach(async ({ tab, join, addPerson, names, baseURL }) => {
  const [me, partner] = await Promise.all([join(), addPerson('junho')]);
  const conversation = await startConversation(partner.context, me.username);
  await tab.open(`${baseURL}/chat/${conversation}`);
  await expect.poll(() => isShown(tab, field(names.composer))).toBe(true);
  await tab.click(field(names.composer));
  await watchComposition(tab);
});

test('an input method composes Hangul, and the Enter that ends a syllable sends one whole message @once', async ({
  tab,
}) => {
  await tab.compose('gks');
  await expect.poll(() => focusedText(tab)).toBe('한');
  expect(await isComposing(tab)).toBe(true);
  expect(await bodiesOf(tab)).toEqual([]);
  await tab.composeEnter();
  await expect.poll(() => bodiesOf(tab)).toEqual(['한']);
  await expect.poll(() => statusOf(tab, '한')).toMatch(/sent|delivered/);
  expect(await focusedText(tab)).toBe('');

  // What is composed next begins anew, and a key between syllables goes on with it.
  await tab.compose('gksrmf');
  await expect.poll(() => focusedText(tab)).toBe('한글');
  await tab.composeEnter();
  await expect.poll(() => bodiesOf(tab)).toEqual(['한', '한글']);
  expect(await focusedText(tab)).toBe('');
});

test('several Hangul messages in a row lose and double nothing @once', async ({ tab }) => {
  const written: string[] = [];
  for (const [keys, text] of [
    ['dkssud', '안녕'],
    ['gk', '하'],
    ['tpdy', '세요'],
    ['rkqt', '값'],
  ] as const) {
    written.push(text);
    await tab.compose(keys);
    await expect.poll(() => focusedText(tab)).toBe(text);
    await tab.composeEnter();
    await expect.poll(() => focusedText(tab)).toBe('');
  }
  await expect.poll(() => bodiesOf(tab)).toEqual(written);
});

// WebKitGTK hands a syllable over twice when the mouse ends it, on an empty page as well.
test('the send button while Hangul composes sends the syllable once and leaves nothing behind @once @firefox', async ({
  tab,
  names,
}) => {
  await tab.compose('gksrmf');
  await expect.poll(() => focusedText(tab)).toBe('한글');
  await tab.click(button(names.send));
  await expect.poll(() => bodiesOf(tab)).toEqual(['한글']);
  await expect.poll(() => focusedText(tab)).toBe('');
  await expect.poll(() => isComposing(tab)).toBe(false);
  await expect.poll(() => statusOf(tab, '한글')).toMatch(/sent|delivered/);
  expect(await bodiesOf(tab)).toEqual(['한글']);
});

test('an Enter that picks a kana candidate sends nothing @once', async ({ tab }) => {
  // No engine here has a Japanese input method: the page is told what one would tell it.
  await tab.run(() => {
    const box = document.activeElement as HTMLTextAreaElement;
    const tell = (type: string, data: string) =>
      box.dispatchEvent(new CompositionEvent(type, { data, bubbles: true }));
    tell('compositionstart', '');
    tell('compositionupdate', 'かな');
    box.value = 'かな';
    box.dispatchEvent(new InputEvent('input', { data: 'かな', isComposing: true, bubbles: true }));
    box.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true }),
    );
    tell('compositionend', '仮名');
    box.value = '仮名';
    box.dispatchEvent(new InputEvent('input', { data: '仮名', bubbles: true }));
  });
  await tab.type('!');
  expect(await focusedText(tab)).toBe('仮名!');
  await tab.press('Enter');
  await expect.poll(() => bodiesOf(tab)).toEqual(['仮名!']);
});
