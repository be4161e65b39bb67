import { expect, test } from 'vitest';
import en from '#lib/i18n/en/index.ts';
import ko from '#lib/i18n/ko/index.ts';

/** Every text with its path, such as `auth.login.title`. */
function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}
const argumentsOf = (text: string) => [...new Set(text.match(/(?<=\{)\w+(?=[,}])|<\w+>/g))].sort();
const korean = new Map(flatten(ko));
const english = new Map(flatten(en));

test('both languages have the same texts with the same arguments', () => {
  expect([...english.keys()].sort()).toEqual([...korean.keys()].sort());
  for (const [key, text] of korean)
    expect([key, argumentsOf(english.get(key) ?? '')]).toEqual([key, argumentsOf(text)]);
});

test('no text is empty, shouts, or smiles', () => {
  for (const [key, text] of [...korean, ...english]) {
    expect([key, text.trim()]).not.toEqual([key, '']);
    expect([key, /[!！]|\p{Extended_Pictographic}/u.test(text)]).toEqual([key, false]);
  }
});

test('Korean texts are Korean and English ones are not', () => {
  for (const [key, text] of english) {
    // A language is named in itself, and an example of Korean is Korean.
    if (/language|locale|initialBody/i.test(key)) continue;
    expect([key, /[가-힣]/.test(text)]).toEqual([key, false]);
  }
});

test('one word for one thing: a chat is no conversation in English, and an email is no 메일 in Korean', () => {
  for (const [key, text] of english) expect([key, /conversation/i.test(text)]).toEqual([key, false]);
  for (const [key, text] of english)
    expect([key, /e-mail|\bmails?\b(?! --)/i.test(text)]).toEqual([key, false]);
  // The navigation keeps its accessible name, by which outside tests find it.
  for (const [key, text] of korean)
    expect([key, /새 대화|대화방|채팅방(?! 목록)|전체 검색|차단함|적어 주세요/.test(text)]).toEqual([
      key,
      false,
    ]);
  for (const [key, text] of english) expect([key, /nothing said/i.test(text)]).toEqual([key, false]);
  // 메일함 is the word for a mailbox.
  for (const [key, text] of korean) expect([key, /(?<!이)메일(?!함)/.test(text)]).toEqual([key, false]);
});
