import { makeRandom, type Random } from '#db/seed/random.ts';

/** Family names by how many people bear them, then the syllables that given names are made of. */
const FAMILIES = [
  ...'김김김김이이이박박최정강조윤장임한오서신권황안송류홍전고문양손배백허남심노하곽성차주우',
];
const FIRSTS = [...'민지서하도시예준유은수현주건우재태승윤아채다나소연동성영진정경미혜상희'];
const SECONDS = [...'준윤우호원진현빈민서연아은지영희수정미경숙철석훈혁환규림린나라율온슬솔별'];
const NICKS =
  '고양이 강아지 하늘 바다 구름 별빛 달님 토끼 곰돌이 감자 고구마 딸기 커피 우유 행복 사랑 봄날 여름 가을 겨울'.split(
    ' ',
  );
const LATIN_NAMES =
  'minji jimin seojun haneul sora jisoo dohyun yuna taemin eunji james emma noah olivia liam sophia lucas mia daniel grace'.split(
    ' ',
  );
const LATIN_WORDS = 'cat dog star moon blue red happy lucky tiger coffee night dream river sky pixel'.split(
  ' ',
);
const FINISHES = ['', '', '_', '.', '-'];

/** Usernames as people choose them, no two alike: names and nicknames, Korean or Latin, mostly with digits. */
export function* makeNames(seed: number, count: number): Generator<string> {
  const random = makeRandom(seed);
  const taken = new Set<string>();
  while (taken.size < count) {
    const name = random.chance(0.6) ? makeKorean(random) : makeLatin(random);
    const full = random.chance(0.3) ? name : name + random.pick(FINISHES) + makeDigits(random);
    if (full.length < 3 || taken.has(full)) continue;
    taken.add(full);
    yield full;
  }
}

function makeKorean(random: Random): string {
  const given = random.pick(FIRSTS) + random.pick(SECONDS);
  if (random.chance(0.55)) return random.pick(FAMILIES) + given;
  if (random.chance(0.3)) return given;
  return random.pick(NICKS) + (random.chance(0.5) ? random.pick(NICKS) : given);
}

function makeLatin(random: Random): string {
  const name = random.pick(LATIN_NAMES);
  if (random.chance(0.4)) return name;
  const more = random.pick(LATIN_WORDS);
  return random.chance(0.5)
    ? `${name}${random.pick(FINISHES)}${more}`
    : `${more}${random.pick(FINISHES)}${name}`;
}

function makeDigits(random: Random): string {
  if (random.chance(0.3)) return String(random.between(1960, 2012));
  return String(random.between(0, 10 ** random.between(1, 6)));
}

/** Queries of a kind, as somebody types them who looks for one of `names`. */
export const peopleKinds: Record<string, (random: Random, names: readonly string[]) => string> = {
  'whole name': (random, names) => random.pick(names),
  'beginning, two characters': (random, names) => random.pick(names).slice(0, 2),
  'beginning, half typed': (random, names) => random.pick(names).slice(0, 3),
  'part, two Korean syllables': (random) => random.pick(FIRSTS) + random.pick(SECONDS),
  'one Korean syllable': (random) => random.pick([...FIRSTS, ...SECONDS, ...FAMILIES]),
  'initial consonants, two': (random) => drawInitials(random, 2),
  'initial consonants, three': (random) => drawInitials(random, 3),
  'syllable and consonant': (random) => random.pick(FIRSTS) + drawInitials(random, 1),
  'Latin, a part': (random) => random.pick([...LATIN_NAMES, ...LATIN_WORDS]).slice(1, random.between(3, 5)),
  'Latin, two letters': (random) => random.pick([...LATIN_NAMES, ...LATIN_WORDS]).slice(1, 3),
  'Latin, one letter': (random) => random.pick([...'abcdefghijklmnopqrstuvwxyz']),
  digits: (random) => String(random.between(1, 10 ** random.between(1, 5))),
  'rare part': (random) => random.pick(NICKS).slice(-1) + random.pick(SECONDS) + random.between(10, 99),
  absent: (random) =>
    random.pick(['뷁', '쀍', 'qx', 'zqj', '김뷁', 'ㅃㅉ', '갸뱌']) + random.pick(['', ...SECONDS, 'w']),
};

const INITIALS = [...'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'];
function drawInitials(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(INITIALS)).join('');
}
