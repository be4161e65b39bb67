import { articlesOf, composerOf } from './support/conversation.ts';
import { attachInputMethod } from './support/input-method.ts';
import { expect, test } from './support/test.ts';

const HANGUL = ['ㅎ', '하', '한'];

for (const [system, name] of [
  ['macOS', 'Enter'],
  ['Windows', 'Process'],
] as const) {
  test(`Enter while Hangul composes sends one whole message, as ${system} tells of it`, async ({
    pair,
    names,
    isPhone,
  }) => {
    const { page } = pair.first;
    await pair.openConversation(pair.first, pair.second);
    const box = composerOf(page, names);
    await box.focus();
    const ime = await attachInputMethod(page);
    await ime.commit('안녕 ');
    await ime.compose(...HANGUL);
    await expect(box).toHaveValue('안녕 한');
    await ime.finish(name, '한');
    await ime.releaseEnter();
    if (isPhone) {
      // Enter breaks lines on a touch screen, and what the input method does with it stays its own.
      await expect(box).toHaveValue('안녕 한');
      await expect(articlesOf(page, names)).toHaveCount(0);
      return;
    }
    await expect(articlesOf(page, names)).toHaveText([/안녕 한/]);
    await expect(box).toHaveValue('');
    await expect(articlesOf(page, names)).toHaveAttribute('data-status', /sent|delivered/);
    await expect(articlesOf(page, names)).toHaveCount(1);
  });
}

test('an Enter that comes again after the syllable, as on Linux, sends nothing twice @once', async ({
  pair,
  names,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  const ime = await attachInputMethod(page);
  await ime.compose(...HANGUL);
  await ime.finish('Process', '한');
  await ime.pressPlainEnter();
  await ime.releaseEnter();
  if (isPhone) {
    await expect(box).toHaveValue('한\n');
    return;
  }
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(box).toHaveValue('');
  await ime.commit('다음');
  await ime.pressPlainEnter();
  await expect(articlesOf(page, names)).toHaveText([/한/, /다음/]);
});

test('a syllable that the input method never hands over is sent all the same @once', async ({
  pair,
  names,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  const ime = await attachInputMethod(page);
  await ime.compose(...HANGUL);
  await ime.pressEnter('Enter');
  if (isPhone) {
    await expect(box).toHaveValue('한');
    await expect(articlesOf(page, names)).toHaveCount(0);
    return;
  }
  await expect(articlesOf(page, names)).toHaveText([/한/]);
  await expect(box).toHaveValue('');
  await expect(box).toBeFocused();
});

test('several messages in a row lose and double nothing', async ({ pair, names, isPhone }) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  const send = page.getByRole('button', { name: names.send, exact: true });
  await box.focus();
  const ime = await attachInputMethod(page);
  const words: string[] = [];
  for (const [index, word] of ['가', '나', '다', '라', '마'].entries()) {
    words.push(`${index}${word}`);
    await ime.commit(String(index));
    await ime.compose(word);
    if (isPhone) {
      await ime.commit(word);
      await send.tap();
    } else {
      await ime.finish('Enter', word);
      await ime.releaseEnter();
      await expect(box).toHaveValue('');
    }
  }
  await expect(articlesOf(page, names)).toHaveText(words.map((word) => new RegExp(word)));
  await expect(box).toHaveValue('');
});

test('Escape keeps what was written @once', async ({ pair, names }) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  const ime = await attachInputMethod(page);
  await ime.commit('남는 ');
  await ime.compose('ㅁ', '마', '말');
  await ime.commit('말');
  await box.press('Escape');
  await expect(box).toHaveValue('남는 말');
  await expect(box).toBeFocused();
  await expect(articlesOf(page, names)).toHaveCount(0);
});

test('the send button while Hangul composes sends the syllable once and leaves nothing behind', async ({
  pair,
  names,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  const ime = await attachInputMethod(page);
  const button = page.getByRole('button', { name: names.send, exact: true });
  for (const [index, word] of ['안녕 ', '또 '].entries()) {
    await ime.commit(word);
    await ime.compose(...HANGUL);
    await expect(box).toHaveValue(`${word}한`);
    if (isPhone) await button.tap();
    else await button.click();
    await expect(articlesOf(page, names)).toHaveCount(index + 1);
    await expect(articlesOf(page, names).last()).toContainText(`${word}한`);
    await expect(box).toHaveValue('');
    await expect(box).toBeFocused();
  }
  // The next composition starts over.
  await ime.compose('ㄱ', '가');
  await expect(box).toHaveValue('가');
});
