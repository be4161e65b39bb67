import { isKoreanParticle } from './korean-particles.ts';

// White space, controls, half characters, emoji, and what no address holds unencoded. The brackets, quotes
// and stops of Chinese and Japanese end a sentence or set the address off.
const HARD =
  /[\p{Z}\p{Cc}\p{Cs}<>`\\\u201c-\u201f\u2026\u3000-\u3004\u3008-\u3020\u3030\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2190-\u2bff\u{1f000}-\u{1faff}]|\u20e3/u;

// Part of an address only if more of it follows. Beyond UTS #58's own list: all punctuation outside ASCII, what
// opens a query or a fragment, and invisible characters.
const SOFT = /[!"',.:;?#|]|(?=\P{ASCII})\p{P}|[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

// Characters that are part of an address anywhere.
const PLAIN = /[a-z0-9%_~-]+/iy;

const CLOSERS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

// Brackets pair only inside one of these pieces of a path, a query or a fragment.
const PIECE_BORDERS = { '/': /\//y, '?': /[=&]/y, '#': /[&,]|:~:/y };

/** A second address set directly behind the first one; not one inside its path or query. */
const NEXT_ADDRESS = /(?<=[^\x20-\x7e]|[,;|)\]}"'!])https?:\/\//iy;

/** The length of what a sticky pattern matches at an index; 0 for no match. */
function measureAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

/**
 * Where an address ends whose path, query or fragment begins at `start`: UTS #58 (Unicode
 * linkification), with emoji and the punctuation of Chinese and Japanese as ends.
 *
 * @returns the index in `text` behind the last character; `start` when there is nothing.
 */
export function findPathEnd(text: string, start: number): number {
  let part: keyof typeof PIECE_BORDERS = '/';
  let end = start;
  let open: string[] = [];
  for (let at = start; at < text.length; ) {
    if (measureAt(NEXT_ADDRESS, text, at)) break;
    const plain = measureAt(PLAIN, text, at);
    if (plain) {
      at += plain;
      end = at;
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (HARD.test(char)) break;
    const opener = CLOSERS[char];
    if (opener && open.pop() !== opener) break;
    if (char === '(' || char === '[' || char === '{') open.push(char);
    if ((char === '?' && part === '/') || (char === '#' && part !== '#')) {
      part = char;
      open = [];
    } else if (measureAt(PIECE_BORDERS[part], text, at)) {
      open = [];
    }
    at += char.length;
    if (!SOFT.test(char)) end = at;
  }
  return end;
}

// A Hangul run of the path, what stands before it, and whether the address could go on after it.
const HANGUL_RUN = /(?<=([\w)\]'"’%/~-]))[가-힣]+(?=$|[.,!?;:~^)\]'"’·]+(?:$|[가-힣])|[ㄱ-ㅎㅏ-ㅣ])/g;

// What softens a Korean sentence and is no address: "~", "^^", "ㅋㅋ".
const SOFT_END = /(?:(?<=[\w)\]'"%/])[~^]+|(?<=[\w)\]'"%])[ㄱ-ㅎㅏ-ㅣ]+[~^.!?]*)$/;

/** Cuts off what Korean writing sets directly after an address: `…/page를` gives `…/page`. */
function trimKorean(path: string): string {
  // A slash is a page, and "/~" somebody's own.
  const raw = path.slice(0, 1) + path.slice(1).replace(SOFT_END, '');
  for (const found of raw.matchAll(HANGUL_RUN)) {
    const [run] = found;
    if (!isKoreanParticle(run)) continue;
    // "/wiki/은" is a page; "example.com/은" and "/wiki/에서" are an address and an ending.
    const isSegment = found[1] === '/' && found.index > 1 && run.length === 1;
    if (!isSegment) return raw.slice(0, found.index).replace(/['"’]+$/, '');
  }
  return raw;
}

// Particles and endings of Japanese behind Latin letters and digits: "…/aを見て", "…/aです".
const JAPANESE =
  '(?<=[/a-z0-9)\\]\'"’])を|(?<=[a-z0-9)\\]\'"’])(?:は|が|に|で|と|も|の|へ|や|か|ね|よ|だ|から|まで|より|って)(?![ァ-ヺー])';

// Words of Chinese that follow what they speak of, or ask for something; no title continues like this after Latin letters.
const CHINESE =
  '(?<=[a-z0-9)\\]\'"’])(?:[请請的是了吧吗嗎呢啊哦呀也都就这這那你您我他她给給看跟在里裡和])(?=$|[\\p{Script=Han}.,!?;:])';

const WORDS = new RegExp(`${JAPANESE}|${CHINESE}`, 'iu');

/**
 * Cuts off the words that Korean, Japanese and Chinese set directly after an address, and marks that
 * stand around it (`**…**`). Works on the path, query and fragment.
 */
export function trimPath(path: string): string {
  const words = path.search(WORDS);
  const plain = words < 0 ? path : path.slice(0, words).replace(/['"’]+$/, '');
  return trimKorean(plain.replace(/(?:\*\*|__|~~|\|\|)+$/, ''));
}

/** Where what opens directly before an address closes again: quotes, and the marks of bold, italic and struck text. */
export function findClosing(before: string, address: string): number {
  const [opened = ''] = /(?:["'|‘“]|[*_~]+|\|+)$/.exec(before) ?? [];
  if (!opened) return -1;
  if (/["'|]/.test(opened)) return address.indexOf(opened);
  if (opened === '‘' || opened === '“') return address.indexOf(opened === '‘' ? '’' : '”');
  for (let at = address.indexOf(opened); at >= 0; at = address.indexOf(opened, at + 1)) {
    if (!/^[\w/]/.test(address.slice(at + opened.length))) return at;
  }
  return -1;
}
