import { expect, test } from 'vitest';
import { isOfOneScript } from '#lib/auth/names/name-scripts.ts';
import { isReservedName } from '#lib/auth/names/reserved-names.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';

test.each([
  'minji',
  '민수kim',
  '李민수',
  '田中たろう',
  'カタカナー',
  'Łukasz',
  'Дмитрий',
  'สมชาย',
  'नमस्ते',
  'ملك',
  'ㅋㅋㅋ',
  '𠀀𠀁𠀂',
])('the name %s is written as people write', (name) => {
  expect(isOfOneScript(name)).toBe(true);
});

test.each([
  ['a Cyrillic letter among Latin ones', 'pаul'],
  ['a Greek letter among Latin ones', 'αdam'],
  ['a Cyrillic letter beside Hangul', '민지а'],
  ['Hangul and kana', '민수たろう'],
  ['digits of another script', 'minji٣'],
  ['a Cherokee letter among Latin ones', 'Ꭺlex'],
])('a name with %s is of several scripts', (_what, name) => {
  expect(isOfOneScript(name)).toBe(false);
});

test.each([
  ['paul', 'pauI'],
  ['paul', 'рaul'],
  ['modern', 'rnodern'],
  ['user0', 'userO'],
  ['user1', 'userl'],
  ['민지1', '민지l'],
  ['민지l', '민지ㅣ'],
  ['김민지', '김ㅁㅣㄴ지'],
  ['김민지', '김민지'.normalize('NFD')],
  ['ﾡﾢﾢ', 'ㄱㄲㄲ'],
  ['이영희', '0l영희'],
  ['minji', 'ｍinji'],
])('%s and %s look alike', (one, other) => {
  expect(toSkeleton(one)).toBe(toSkeleton(other));
});

test.each([
  ['민아', '미나'],
  ['min.ji', 'minji'],
  ['지훈', '지현'],
  ['안나', '아나'],
  ['각아', '가가'],
])('%s and %s do not', (one, other) => {
  expect(toSkeleton(one)).not.toBe(toSkeleton(other));
});

test.each([
  [
    'the product',
    [
      'dandul',
      'Dandul_official',
      'dandul-support',
      '단둘',
      '단둘고객센터',
      'dandul2',
      'ｄａｎｄｕｌ',
      'eksenf',
    ],
  ],
  [
    'its operators',
    ['admin', 'ADMIN', 'administrator', 'support', 'moderator', '관리자', '운영자', '고객센터'],
  ],
  [
    'decorated',
    ['admin_', '_admin', 'a.d.m.i.n', 'admin-1', '관_리_자', '관리자1', '운영자2026', '-support-'],
  ],
  [
    'lookalikes',
    ['adm1n', '4dmin', 'supp0rt', 'danduI', 'dandu1', 'аdmin', 'admın', 'rnoderator', 'ａｄｍｉｎ', 'admin①'],
  ],
  ['Hangul in pieces', ['ㄱㅗㅏㄴㄹㅣㅈㅏ', '관리ㅈㅏ', '관리자'.normalize('NFD')]],
  [
    'beside other words',
    ['관리자님', '공식관리자', 'the_real_admin', '관리자_민수', 'admin_kim', '운영팀장', 'adminadmin'],
  ],
  ['by itself', ['system', 'root', 'noreply', 'official', '공지사항', '시스템']],
])('reserved: %s', (_kind, names) => {
  for (const name of names) expect(isReservedName(name), name).toBe(true);
});

test.each([
  '민지',
  '김민지',
  '단둘이서',
  'badminton',
  'supporter',
  'rooty',
  'root_beer',
  'help_me',
  'nomad',
  '서비스좋아',
  'minji_1a2b3c4d',
])('the name %s passes nobody off', (name) => {
  expect(isReservedName(name)).toBe(false);
});
