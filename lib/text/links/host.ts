import { CJK, INVISIBLE, LABEL } from './characters.ts';
import { isKoreanParticle } from './korean-particles.ts';
import { isTopLevelDomain } from './top-level-domains.ts';

const HOST = new RegExp(`${LABEL}(?:\\.${LABEL}){0,32}`, 'iuy');
const INVISIBLE_START = new RegExp(`^${INVISIBLE}+`, 'u');
const INVISIBLE_ENDS = new RegExp(`^${INVISIBLE}+|${INVISIBLE}+$`, 'gu');

// The last label of a host with the words of another script written onto it: "com을", "com请看".
const LABEL_AND_WORDS = /^([a-z0-9-]+?)((?!\p{Script=Latin})[\p{L}\p{M}].*)$/isu;
const CJK_LABEL = new RegExp(`^${CJK}`, 'u');
// How Japanese and Chinese go on after an address in their own script.
const CJK_WORDS = /^(?:を|は|が|に|で|と|も|の|へ|から|まで|って|的|请|請|是|吧|吗|嗎|了)/u;

// What a browser might still read as the host: symbols, and letters behind them.
const BODY = '(?:(?![$+<=>^`|~])[\\p{L}\\p{M}\\p{N}\\p{S}\\p{Cf}_-])';
const CONTINUATION = new RegExp(`(?=\\P{ASCII})${BODY}{1,64}(?:\\.(?<last>${BODY}{1,63}))+`, 'iuy');
const IDEOGRAPHIC_DOT = /[。．｡](?:[a-z0-9-]{1,63}\.){0,8}(?<last>[a-z]{2,20})(?![a-z0-9])/iuy;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The known ending that a label begins with, when what follows it are words of another script. */
function cutWords(label: string): string | null {
  const [, ascii = '', words = ''] = LABEL_AND_WORDS.exec(label) ?? [];
  if (ascii && (isTopLevelDomain(ascii) || /^(?:localhost|\d{1,3})$/i.test(ascii))) return ascii;
  if (ascii && isKoreanParticle(words)) return ascii;
  for (let length = Math.min(label.length - 1, 12); length > 1; length--) {
    const [head, tail] = [label.slice(0, length), label.slice(length)];
    if (!/[a-z]/i.test(head) && isTopLevelDomain(head)) {
      if (isKoreanParticle(tail) || CJK_WORDS.test(tail)) return head;
    }
  }
  return null;
}

/**
 * The host without the words that are written onto its end: "example.com에서.그래서" gives
 * "example.com". A host that closes with a known ending stays whole.
 */
function cutHost(host: string): string {
  const labels = host.split('.');
  if (isTopLevelDomain(labels.at(-1) ?? '')) return host;
  for (let count = labels.length; count > 0; count--) {
    const last = labels[count - 1] ?? '';
    const head = labels.slice(0, count - 1);
    const cut = cutWords(last);
    if (cut) return [...head, cut].join('.');
    if (count < labels.length && isTopLevelDomain(last) && CJK_LABEL.test(labels[count] ?? '')) {
      return [...head, last].join('.');
    }
  }
  return host;
}

const isSoundLabel = (label: string) => label.length <= 253 && !/^-|-$/.test(label);
const closes = (host: string) => isTopLevelDomain(host.split('.').at(-1) ?? '');

/** True when what stands behind a host makes it another one for a browser ("x🍄.ga", "foo..example.com"). */
function goesOn(text: string, host: string, end: number): boolean {
  const next = matchAt(CONTINUATION, text, end)?.groups?.last;
  if (next && isTopLevelDomain(next.replace(INVISIBLE_ENDS, ''))) return true;
  const behindDots = text.startsWith('..', end) ? matchAt(HOST, text, end + 2)?.[0] : undefined;
  return behindDots !== undefined && (!closes(host) || closes(behindDots));
}

/**
 * Reads the host that stands at `at`.
 *
 * @returns the host as written and the index behind it; null when there is none, or when what follows
 *   makes it another host than the part that could be read.
 */
export function readHost(text: string, at: number): { host: string; end: number } | null {
  const literal = matchAt(/\[[\da-f:.]{2,45}\]/iy, text, at);
  if (literal) return { host: literal[0], end: at + literal[0].length };
  const run = matchAt(HOST, text, at)?.[0] ?? '';
  const lead = INVISIBLE_START.exec(run)?.[0].length ?? 0;
  const host = cutHost(run.replace(INVISIBLE_ENDS, '').replace(/(?<=[a-z0-9])_+$/i, ''));
  if (host === '' || !host.split('.').every(isSoundLabel)) return null;
  const end = at + lead + host.length;
  const wide = closes(host) ? null : matchAt(IDEOGRAPHIC_DOT, text, end);
  if (wide?.groups && isTopLevelDomain(wide.groups.last ?? '')) {
    return { host: host + wide[0], end: end + wide[0].length };
  }
  return goesOn(text, host, end) ? null : { host, end };
}
