import { convertHangulToQwerty } from 'es-hangul';
import { memo } from '#lib/memo.ts';

/**
 * What Korean people type first when asked for a password, most often with the keyboard in English
 * (비밀번호 becomes qlalfqjsgh). Lists gathered abroad lack these.
 */
const KOREAN_WORDS = [
  '비밀번호',
  '비밀번호임',
  '나의비밀번호',
  '내비밀번호',
  '패스워드',
  '안녕하세요',
  '반갑습니다',
  '감사합니다',
  '사랑해요',
  '사랑합니다',
  '사랑해사랑해',
  '대한민국',
  '대한민국만세',
  '우리나라',
  '동해물과백두산이',
  '무궁화꽃이피었습니다',
  '서울특별시',
  '코리아',
  '가나다라',
  '가나다라마바사',
  '아자아자',
  '행복하세요',
  '관리자',
  '관리자암호',
  '홍길동',
  '단둘이서',
];

/** Trailing decorations that make no password better: qlalfqjsgh1! is qlalfqjsgh. */
const DECORATION = /[\d!@#$%^&*~.]{1,4}$/;

function getKoreanPasswords(): Set<string> {
  return memo(
    'koreanPasswords',
    () => new Set(KOREAN_WORDS.flatMap((word) => [word, convertHangulToQwerty(word).toLowerCase()])),
  );
}

/** The 49,000 passwords seen most in leaks, read when first asked for. */
function loadLeakedPasswords(): Promise<Set<string>> {
  return memo('leakedPasswords', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Set<string>(dictionary['passwords-common'] as string[]);
  });
}

/** True for a password that a guesser tries early: leaked often, a Korean commonplace, or two or three characters repeated. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 4) return true;
  const korean = getKoreanPasswords();
  if (korean.has(folded) || korean.has(folded.replace(DECORATION, ''))) return true;
  return (await loadLeakedPasswords()).has(folded);
}
