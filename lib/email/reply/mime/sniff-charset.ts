import iconv from 'iconv-lite';

const HANGUL = /[\uac00-\ud7a3\u3131-\u318e]/g;
const KANA = /[\u3041-\u30ff]/g;
/** Korean punctuation, wide forms and symbols, which say nothing for or against a charset. */
const NEUTRAL = /[\u2000-\u206f\u2190-\u33ff\uff00-\uffef\u00a0-\u00bf]/g;
/** Letters with accents, and the marks that programs write in windows-1252. */
const WESTERN = /^[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u2010-\u203a\u20ac\u00a0-\u00bf\u2122]$/;

/** What opens a text in ISO-2022-KR and ISO-2022-JP. */
const KOREAN_ESCAPE = '\u001b$)C';
const JAPANESE_ESCAPES = ['\u001b$B', '\u001b$@', '\u001b(J'];

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * The charset of bytes whose label tells nothing; undefined when none fits well enough to be believed.
 *
 * @param mayBeWestern whether single letters with accents are to be expected: they are what is left when
 * nothing else fits.
 */
export function sniffCharset(bytes: Buffer, mayBeWestern: boolean): string | undefined {
  const raw = bytes.toString('latin1');
  if (raw.includes(KOREAN_ESCAPE)) return 'iso-2022-kr';
  if (JAPANESE_ESCAPES.some((mark) => raw.includes(mark))) return 'iso-2022-jp';
  if (isUtf8(bytes)) return 'utf-8';
  if (fits(bytes, 'cp949', HANGUL, 0.8)) return 'cp949';
  if (fits(bytes, 'shift_jis', KANA, 0.3)) return 'shift_jis';
  if (fits(bytes, 'euc-jp', KANA, 0.3)) return 'euc-jp';
  return mayBeWestern && isWestern(bytes) ? 'windows-1252' : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether bytes decode without a gap, and what is not ASCII is for the most part in one script. */
function fits(bytes: Buffer, charset: string, script: RegExp, share: number): boolean {
  const text = iconv.decode(bytes, charset);
  if (text.includes('\ufffd')) return false;
  const wide = text.replace(NEUTRAL, '').replace(/\p{ASCII}/gu, '');
  return wide.length > 0 && countOf(wide, script) / wide.length >= share;
}

/** Letters of western Europe stand alone among ASCII: two or three in a row, and never most of a text. */
function isWestern(bytes: Buffer): boolean {
  const letters = [...iconv.decode(bytes, 'windows-1252')].filter((letter) => letter > '\u007f');
  return letters.every((letter) => WESTERN.test(letter)) && letters.length <= bytes.length / 4;
}
