import { CJK, EMOJI, INVISIBLE, LABEL } from './links/characters.ts';
import { findClosing, findPathEnd, trimPath } from './links/end.ts';
import { readHost } from './links/host.ts';
import { type Link, makeMailLink, makeWebLink } from './links/make.ts';
import { isTopLevelDomain } from './links/top-level-domains.ts';

export type TextPart = { kind: 'text'; text: string } | Link;

/** A link and where it stands, or only how far the text is read. */
type Step = { end: number; start?: number; link?: Link | null };

const NAME = '[\\p{L}\\p{M}\\p{N}._+%-]{1,64}';
const ANY_NAME = '[\\p{L}\\p{M}\\p{N}!#-.0-9=?_{-~/^&*:]{1,128}';

/** Where an address may begin: its scheme, a mailbox's name, or a host. */
const START = new RegExp(
  `(?<scheme>(?<![a-z0-9+])https?://)|(?<![a-z0-9])mailto:(?<to>${ANY_NAME})@|(?<name>${NAME})@|(?<host>${LABEL}(?:\\.${LABEL})+)`,
  'giu',
);
const ACCOUNT = /[^\s/?#\\@<>"`]{1,128}@/uy;
const PORT = /:\d{1,5}(?!\d)/y;

// Bare names of files, whose ending is also a public one.
const FILE_NAME = /^[^./]+\.(?:md|py|sh|rs|pl|ps|so|zip|mov|java)$/i;
// "끝.It" and "Hello.It was": a sentence that lacks its space. "3.am": a number.
const NO_HOST = /\.\p{Lu}\p{Ll}+$|^\d{1,2}\.\p{L}+$/u;
// Words of another script run into a bare host: nobody can tell where it begins.
const MIXED_LABEL = new RegExp(`[a-z][^.]*${CJK}|${CJK}[^.]*[a-z]`, 'iu');
const HAS_CJK = new RegExp(CJK, 'u');
/** What a bare host never follows: the rest of a path, a host or a mailbox, or a letter and a symbol ("x🍄y.ga"). */
const NO_START = new RegExp(
  `(?:[@./\\\\-]|[\\p{Script=Latin}\\d](?:${EMOJI}|${INVISIBLE})*${EMOJI}\\ufe0f?)$`,
  'u',
);

/** The end of the text that runs on without a space, or of what stands before a next address. */
function skipRun(text: string, at: number): number {
  const length = text.slice(at).search(/\s|https?:\/\//i);
  return length < 0 ? text.length : at + length;
}

type Web = { scheme: string; user: string; host: string; hostEnd: number };

/** Reads port and path behind a host, and makes the link of all that stands from `start` on. */
function readRest(text: string, start: number, { scheme, user, host, hostEnd }: Web): Step {
  PORT.lastIndex = hostEnd;
  const port = PORT.exec(text)?.[0] ?? '';
  let at = hostEnd + port.length;
  // The root's dot belongs to a host that a path follows; else it ends a sentence.
  const dot = port === '' && /^\.[/?#]/.test(text.slice(at, at + 2)) ? '.' : '';
  at += dot.length;
  let rest = /[/?#]/.test(text[at] ?? '') ? text.slice(at, findPathEnd(text, at)) : '';
  const closing = findClosing(text.slice(Math.max(0, start - 4), start), rest);
  if (closing >= 0) rest = rest.slice(0, closing);
  rest = rest && trimPath(rest);
  const link = makeWebLink({ scheme, user, host: rest ? host + dot : host, port, rest });
  return { start, end: rest ? at + rest.length : at - dot.length, link };
}

function readSchemed(text: string, start: number, scheme: string): Step {
  let at = start + scheme.length;
  ACCOUNT.lastIndex = at;
  const user = ACCOUNT.exec(text)?.[0] ?? '';
  at += user.length;
  const found = readHost(text, at);
  if (!found || text.startsWith('://', found.end)) return { end: skipRun(text, at) };
  const step = readRest(text, start, {
    scheme,
    user: user.slice(0, -1),
    host: text.slice(at, found.end),
    hostEnd: found.end,
  });
  return step.link ? step : { end: skipRun(text, at) };
}

/** Underscores that open a bare host are marks of italic text, if as many close it; no host begins so. */
function countMarks(text: string, host: string, end: number): number {
  const marks = /^_*/.exec(host)?.[0] ?? '';
  const closing = text.indexOf(marks, end);
  return closing >= 0 && !/\s/.test(text.slice(end, closing)) ? marks.length : -1;
}

function readBare(text: string, start: number, run: string): Step {
  const skip = { end: start + run.length };
  if (NO_START.test(text.slice(Math.max(0, start - 8), start))) return skip;
  const found = readHost(text, start);
  const marks = found ? countMarks(text, found.host, found.end) : -1;
  if (!found || marks < 0 || text[found.end] === '@') return skip;
  const { end } = found;
  const host = found.host.slice(marks);
  const labels = host.split('.');
  if (labels.length < 2 || !isTopLevelDomain(labels.at(-1) ?? '')) return skip;
  const step = readRest(text, end - host.length, { scheme: '', user: '', host, hostEnd: end });
  const isOther = FILE_NAME.test(step.link?.text ?? '') || NO_HOST.test(host) || MIXED_LABEL.test(host);
  return step.link && !isOther ? step : skip;
}

/** A bare name ends with its ASCII part if words of another script run into it. */
function cutName(name: string): string {
  const ascii = /[a-z0-9._+%-]+$/i.exec(name)?.[0] ?? '';
  return HAS_CJK.test(name) && /[a-z]/i.test(ascii) ? ascii : name;
}

function readMail(text: string, start: number, prefix: string, written: string): Step {
  const at = start + prefix.length + written.length + 1;
  const name = prefix ? written : cutName(written);
  const found = readHost(text, at);
  const isSound = !/^\.|\.\.|\.$/.test(name) && !/[\p{L}\p{N}@.]$/u.test(prefix ? '' : text.slice(0, start));
  if (!found || !isSound || text[found.end] === '@')
    return { end: Math.max(at, found?.end ?? skipRun(text, at)) };
  const host = text.slice(at, found.end);
  const last = host.split('.');
  if (last.length < 2 || (!prefix && !isTopLevelDomain(last.at(-1) ?? ''))) return { end: found.end };
  const link = makeMailLink({ scheme: prefix, name, host });
  return { start: at - 1 - name.length - prefix.length, end: found.end, link };
}

function readAt(text: string, match: RegExpExecArray): Step {
  const { scheme, to, name, host } = match.groups ?? {};
  if (scheme) return readSchemed(text, match.index, scheme);
  if (to) return readMail(text, match.index, match[0].slice(0, 'mailto:'.length), to);
  if (name) return readMail(text, match.index, '', name);
  return readBare(text, match.index, host ?? '');
}

/**
 * Splits a message into plain text and links, in order; the texts joined are the input.
 *
 * Follows UTS #58, Unicode linkification, and Korean, Japanese and Chinese writing, which set words
 * directly after an address (docs/decisions/019-links-by-uts-58.md). Only http, https and mailto come
 * out. `display` shows a host that mixes or imitates scripts as punycode and never holds an invisible
 * or reordering character; what is shown and where it leads are always the same host.
 */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  START.lastIndex = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const { start = match.index, end, link } = readAt(text, match);
    START.lastIndex = Math.max(end, match.index + 1);
    if (!link) continue;
    if (start > done) parts.push({ kind: 'text', text: text.slice(done, start) });
    parts.push(link);
    done = end;
    // An ending that was cut off does not begin the next host.
    START.lastIndex += /^[가-힣ㄱ-ㅣ]*/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}
