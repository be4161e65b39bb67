import type { Locale } from '#lib/i18n/config.ts';
import type { Random } from './random.ts';

export type DemoPerson = { username: string; email: string; locale: Locale };

/** The demo's two main people; 200 more follow them. */
export const MAIN_PEOPLE = ['minji', 'junho'] as const;
const OTHERS = 200;

const FAMILY = '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍'.split(' ');
const GIVEN =
  '민지 준호 서연 지훈 하은 도윤 수빈 예준 지우 시우 유진 현우 다은 건우 소율 태윤 채원 은우 가은 선우 나연 재민 보라 성훈 아름 동현 미래 영수 해인 로운'.split(
    ' ',
  );
const LATIN =
  'alex anna ben chloe daniel elena emma felix grace hannah henry isla jack julia kai laura leo lily lucas maya mia nina noah olive oscar paul rosa ryan sofia theo'.split(
    ' ',
  );
const TAILS = ['kim', 'lee', 'park', 'jones', 'novak', 'silva', 'garcia', 'weber', 'tanaka', 'rossi'];

/** minji, junho, and 200 more with Korean and Latin names, no two alike. */
export function makePeople(random: Random): DemoPerson[] {
  const korean = new Set<string>();
  while (korean.size < OTHERS / 2) korean.add(random.pick(FAMILY) + random.pick(GIVEN));
  const latin = new Set<string>();
  while (latin.size < OTHERS / 2) {
    latin.add(`${random.pick(LATIN)}${random.pick(['.', '_', '-'])}${random.pick(TAILS)}`);
  }
  const people: [string, Locale][] = [
    ...MAIN_PEOPLE.map((name): [string, 'ko'] => [name, 'ko']),
    ...[...korean].map((name): [string, 'ko'] => [name, 'ko']),
    ...[...latin].map((name): [string, 'en'] => [name, 'en']),
  ];
  // example.com is reserved: no mail to it ever reaches a person.
  return people.map(([username, locale], index) => ({
    username,
    locale,
    email: index < MAIN_PEOPLE.length ? `${username}@example.com` : `demo${index}@example.com`,
  }));
}
