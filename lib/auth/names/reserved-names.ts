import { disassemble } from 'es-hangul';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';

/** Who people take for the product or for those who run it: not to be had, alone or beside other words. */
const OFFICES =
  'dandul 단둘 eksenf admin admins administrator administration sysadmin superuser operator moderator support helpdesk ' +
  'customerservice customersupport customercare 관리자 총관리자 운영자 운영진 운영팀 관리팀 고객센터 고객지원 고객지원센터 ' +
  '고객상담 상담센터 상담원 서비스센터 어드민 관리인 보안팀 개발팀';

/** Reserved by themselves; within a longer name they are words like any other. */
const TITLES =
  'root system staff mod mods owner official help info security service team contact abuse postmaster webmaster ' +
  'hostmaster noreply mailer mailerdaemon daemon notice notification notifications billing payment verify verified ' +
  'everyone anonymous deleted unknown null undefined 공식 공지 공지사항 안내 알림 시스템 보안 고객 운영 관리 매니저 ' +
  '서비스 서비스팀 지원팀 담당자 스태프 탈퇴한사용자 알수없음';

/** What is put beside an office to make it more so: 공식관리자, admin_team, the_real_admin. */
const TRIMMINGS =
  'the real true official team desk center korea kr ko en app chat bot 공식 진짜 팀 님 봇 장 한국 앱 입니다 이에요 예요';

/** Digits and signs that stand for letters in any name that is meant to be read. */
const LEET: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b' };
const readLeet = (text: string) => text.replace(/[0134578]/g, (digit) => LEET[digit] ?? digit);

/** A word as it may be disguised: by lookalikes, and by letters of Hangul in place of syllables. */
const toShape = (text: string) => toSkeleton(disassemble(text.normalize('NFKC'))).replaceAll('l', 'i');

type Shapes = { offices: string[]; titles: Set<string>; trimmings: string[] };

const shapesSingleton = defineSingleton<Shapes>('reservedNames', () => {
  const shape = (words: string) => [...new Set(words.split(' ').map(toShape))];
  return { offices: shape(OFFICES), titles: new Set(shape(TITLES)), trimmings: shape(TRIMMINGS) };
});

/** Whether a text is made of offices and their trimmings alone, with at least one office. */
function isOffice(text: string, { offices, titles, trimmings }: Shapes): boolean {
  const words = [...offices, ...titles, ...trimmings];
  const visit = (rest: string, hasOffice: boolean): boolean =>
    rest === ''
      ? hasOffice
      : words.some(
          (word) =>
            rest.startsWith(word) && visit(rest.slice(word.length), hasOffice || offices.includes(word)),
        );
  return visit(text, false);
}

/** The ways to read a piece of a name: as it is, with digits for letters, and without digits at its ends. */
function listReadings(text: string): string[] {
  const bare = text.replace(/^\p{N}+|\p{N}+$/gu, '');
  return [text, readLeet(text), bare, readLeet(bare), readLeet(text.replace(/\p{N}+$/u, ''))].map(toShape);
}

/**
 * Whether a name passes its owner off as the product or as one of those who run it, also when it is decorated
 * with `_ . -` or digits, or written with lookalikes: `admin_`, `a.d.m.i.n`, `4dmin`, `dandul-support`, `운영자1`.
 */
export function isReservedName(username: string): boolean {
  const shapes = shapesSingleton.get();
  const folded = username.normalize('NFKC').toLowerCase();
  const whole = folded.replace(/[_.-]/g, '');
  if (listReadings(whole).some((reading) => shapes.titles.has(reading) || isOffice(reading, shapes)))
    return true;
  return folded
    .split(/[_.-]+/)
    .flatMap(listReadings)
    .some((reading) => isOffice(reading, shapes));
}
