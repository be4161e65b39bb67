import { makeRandom, type Random } from '#db/seed/random.ts';

const split = (words: string) => words.split(/\s+/);

/** What stands alone in chats, the most frequent first. */
const PLAIN = split(
  `ㅋㅋㅋ 응 나 진짜 오늘 그럼 ㅋㅋ 아니 근데 지금 내일 ㅠㅠ 너무 우리 네 좀 이거 그래 왜 아 잘 언제 어디 다시
  그냥 빨리 많이 같이 여기 저기 혹시 조금 완전 일단 아직 벌써 이따가 어제 그거 누구 뭐 ㅎㅎ ㅇㅇ 정말 제일 먼저
  나중에 갑자기 항상 이미 거의 방금 역시 아마 계속 ㄱㄱ ㅇㅋ 헐 와 음 넵 하하 바로 따로 원래 괜히 굳이`,
);
const NOUNS = split(
  `회사 사람 시간 집 친구 생각 엄마 점심 저녁 사진 영화 커피 전화 회의 일정 주말 날씨 버스 지하철 학교 선생님 강아지
  고양이 병원 약속 여행 비행기 호텔 예약 메뉴 치킨 피자 김치찌개 냉면 떡볶이 카페 공원 한강 서울역 부산 제주도 월급
  적금 이사 청소 빨래 운동 헬스장 수영 등산 노래 공연 콘서트 드라마 게임 유튜브 인스타 택배 쿠팡 주문 배송 환불 영수증
  계약서 보고서 발표 자료 팀장님 과장님 사장님 거래처 프로젝트 개발 디자인 서버 배포 오류 화면 노트북 핸드폰 충전기 카메라
  생일 선물 케이크 결혼식 돌잔치 아기 조카 할머니 할아버지 감기 두통 약국 주사 시험 과제 수업 교수님 도서관 기말고사`,
);
const LATIN = split(
  `ok the to you it is and lol in for not that we me meeting link zoom github review merge deploy bug test file pdf
  excel mail call lunch today tomorrow thanks please sorry maybe Seoul Busan iPhone Galaxy YouTube Netflix Spotify
  figma slack notion docker linux node version update`,
);
const MIXED = split(
  'PC방 A4용지 카톡ID 5월호 와이파이6 S급 MZ세대 USB선 3D프린터 LED등 QR코드 B동 2호선 IT팀',
);
const SYLLABLES = [
  ...'가각간갈감강개거건검게격결경계고곡공과관광교구국군권귀규균그극근금기길김나낙난남내노논농누다단달담당대도독동두',
  ...'드등라락란람래량력련령로록론료루류률리림마막만말망매면명모목무문물미민바박반발방배백법변별병보복본부북분불비빈사',
  ...'산상새색생서석선설성세소속손송수순술스승시식신실심아악안앙애야약양어업에여역연열영예오온옥완외요용우운원월위유육윤',
  ...'은음의이인일임입자작잔장재저적전절점정제조족종좌주준중즉지직진질집차착찬참창채책처천철청체초총최추축출충취치친침카',
  ...'타탁탄탐태택토통투특파판패편평포폭표품풍피필하학한함합항해행향허험혁현협형혜호혼화확환활황회효후훈휘흥희',
];
const LATIN_PIECES = split(
  'ka lo mi ter an sel vo pri con dex ra un ti shi mo ber lan qu or net fi zo ex pa',
);

const AFTER_VOWEL = split('가 는 를 로 랑 도 만 에 에서 한테 부터 까지 의 야 라서 인데 처럼');
const AFTER_FINAL = split('이 은 을 으로 이랑 도 만 에 에서 한테 부터 까지 의 이야 이라서 인데 처럼');
const ENDINGS = split('해 했어 할게 하자 해요 했는데 하면 하고 하러 했지 하는데 합니다 해야지 한다고 해줘');

type Entry = { text: string; takes: 'nothing' | 'particles' };

const ENTRIES = 30_000;
/** Zipf's exponent and Mandelbrot's shift: the most frequent word is then some four in a hundred. */
const EXPONENT = 1;
const SHIFT = 2;

export type Vocabulary = {
  /** One word, drawn by frequency, with its particle or ending. */
  draw(random: Random): string;
  /** The bare words, the most frequent first. */
  words: string[];
};

/** The words of one language community: real ones on top, made-up ones for the long tail. */
export function makeVocabulary(seed: number): Vocabulary {
  const random = makeRandom(seed);
  const entries = makeEntries(random);
  const sums = new Float64Array(entries.length);
  let sum = 0;
  for (let rank = 0; rank < sums.length; rank++) {
    sum += 1 / (rank + 1 + SHIFT) ** EXPONENT;
    sums[rank] = sum;
  }
  return {
    words: entries.map(({ text }) => text),
    draw(from) {
      const entry = entries[findPlace(sums, (from.between(0, 2 ** 30 - 1) / 2 ** 30) * sum)] as Entry;
      return entry.takes === 'particles' ? inflect(from, entry.text) : entry.text;
    },
  };
}

function makeEntries(random: Random): Entry[] {
  const known = new Map<string, Entry>();
  const add = (text: string, takes: Entry['takes']) => {
    if (!known.has(text)) known.set(text, { text, takes });
  };
  const [plain, nouns, latin] = [[...PLAIN], [...NOUNS], [...LATIN]];
  while (plain.length + nouns.length + latin.length > 0) {
    for (const text of plain.splice(0, 3)) add(text, 'nothing');
    for (const text of nouns.splice(0, 2)) add(text, 'particles');
    for (const text of latin.splice(0, 1)) add(text, 'nothing');
  }
  for (const text of MIXED) add(text, 'particles');
  while (known.size < ENTRIES) {
    if (random.chance(0.07)) add(makeLatin(random), 'nothing');
    else if (random.chance(0.01))
      add(makeLatin(random).slice(0, 2).toUpperCase() + makeNoun(random), 'particles');
    else add(makeNoun(random), 'particles');
  }
  return [...known.values()];
}

function makeNoun(random: Random): string {
  const length = random.chance(0.65) ? 2 : random.between(3, 4);
  return Array.from({ length }, () => random.pick(SYLLABLES)).join('');
}

function makeLatin(random: Random): string {
  return Array.from({ length: random.between(2, 4) }, () => random.pick(LATIN_PIECES)).join('');
}

function inflect(random: Random, noun: string): string {
  if (random.chance(0.35)) return noun;
  if (random.chance(0.25)) return noun + random.pick(ENDINGS);
  const code = noun.charCodeAt(noun.length - 1);
  const hasFinal = code >= 0xac00 && code <= 0xd7a3 && (code - 0xac00) % 28 > 0;
  return noun + random.pick(hasFinal ? AFTER_FINAL : AFTER_VOWEL);
}

/** The first place whose sum is above `value`. */
function findPlace(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A chat message: often one word, mostly three to eight, now and then a paragraph. */
export function makeText(random: Random, vocabulary: Vocabulary): string {
  const words: string[] = [];
  const length = drawLength(random);
  while (words.length < length) words.push(vocabulary.draw(random));
  const text = words.join(' ');
  return random.chance(0.12)
    ? `${text}${random.pick(['?', '!', '~', '...', ' ㅋㅋㅋㅋ', ' ㅠㅠ', ' 😂'])}`
    : text;
}

function drawLength(random: Random): number {
  if (random.chance(0.2)) return 1;
  if (random.chance(0.03)) return random.between(20, 60);
  return random.between(2, 6) + (random.chance(0.3) ? random.between(1, 6) : 0);
}
