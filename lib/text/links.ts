import { displayHost } from './host-display.ts';
import { isKoreanParticle } from './korean-particles.ts';
import { linkifier } from './link-rules.ts';

/** `text` is what was written, `display` what is safe to show for it, `href` where it leads. */
type Link = { kind: 'link'; text: string; href: string; display: string };
export type TextPart = { kind: 'text'; text: string } | Link;

// Controls, fillers and joiners that have no shape of their own, and so can hide or reorder text.
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;

// Bare names of files, whose ending is also a country's domain.
const FILE_NAME = /^[^./]+\.(?:md|py|sh|rs|pl|ps|so)$/i;

// "끝.It" and "Hello.It was": a sentence that lacks its space.
const SENTENCE_BORDER = /\.\p{Lu}\p{Ll}+$/u;

const HANGUL_AND_LATIN_LABEL = /[a-z][^.]*[가-힣]|[가-힣][^.]*[a-z]/i;

// A Hangul run of the path, what stands before it, and whether the address could go on after it.
const HANGUL_RUN = /(?<=([\w)\]'"%/~-]))[가-힣]+(?=$|[.,!?;:~^)\]'"]+(?:$|[가-힣])|[ㄱ-ㅎㅏ-ㅣ])/g;

// What softens a Korean sentence and is no address: "~", "^^", "ㅋㅋ".
const SOFT_END = /(?:(?<=[\w)\]'"%/])[~^]+|(?<=[\w)\]'"%])[ㄱ-ㅎㅏ-ㅣ]+[~^.!?]*)$/;

// Where a second address is set directly after the first one.
const NEXT_ADDRESS = /(?<=[가-힣,;|])(?=https?:\/\/)/i;

const findPath = (match: string) => /^(?:https?:\/\/)?[^/?#]*/i.exec(match)?.[0].length ?? 0;

/** Parts addresses that are set directly after one another; what stands between two belongs to the first. */
function splitChain(match: string): string[] {
  const start = findPath(match);
  const [first = '', ...others] = match.slice(start).split(NEXT_ADDRESS);
  return [match.slice(0, start) + first, ...others];
}

/** Cuts off what Korean writing sets directly after an address: `…/page를` gives `…/page`. */
function trimEnd(match: string): string {
  const start = findPath(match);
  const raw = match.slice(0, start + 1) + match.slice(start + 1).replace(SOFT_END, '');
  for (const found of raw.slice(start).matchAll(HANGUL_RUN)) {
    const [run] = found;
    if (!isKoreanParticle(run)) continue;
    const at = start + found.index;
    // "/wiki/은" is a page; "example.com/은" and "/wiki/에서" are an address and an ending.
    const isSegment = found[1] === '/' && at - 1 > start && run.length === 1;
    if (!isSegment) return raw.slice(0, at).replace(/['"]+$/, '');
  }
  return raw;
}

type Pieces = { scheme: string; user: string; host: string; port: string; rest: string };

function splitUrl(raw: string): Pieces | null {
  const match = /^(https?:\/\/)?(?:([^/?#\\@]*)@)?(\[[^\]]*\]|[^/?#:\\@]+)(:\d*)?(.*)$/is.exec(raw);
  if (!match) return null;
  const [, scheme = '', user = '', host = '', port = '', rest = ''] = match;
  return { scheme, user, host, port, rest };
}

function encodeInvisible(text: string): string {
  // A lone surrogate cannot be encoded; it is shown as the replacement character it would become.
  return text.toWellFormed().replace(INVISIBLE, (char) => encodeURIComponent(char));
}

function makeWebLink(raw: string): Link | null {
  const pieces = splitUrl(raw);
  if (!pieces) return null;
  const { scheme, user, host, port, rest } = pieces;
  if (!scheme && (FILE_NAME.test(raw) || SENTENCE_BORDER.test(host) || HANGUL_AND_LATIN_LABEL.test(host))) {
    return null;
  }
  const href = scheme ? raw : `https://${raw}`;
  const shownHost = displayHost(host);
  if (shownHost === null || !URL.canParse(href) || !/^https?:$/.test(new URL(href).protocol)) return null;
  const account = user && `${encodeURI(user.toWellFormed()).replaceAll('%25', '%')}@`;
  return {
    kind: 'link',
    text: raw,
    href,
    display: scheme + account + shownHost + port + encodeInvisible(rest),
  };
}

function makeMailLink(raw: string): Link | null {
  const [, scheme = '', name = '', host = ''] = /^(mailto:)?([^@]+)@(.+)$/is.exec(raw) ?? [];
  const shownHost = name && displayHost(host);
  if (!shownHost) return null;
  const asciiHost = new URL(`http://${host}`).hostname;
  // linkify-it lets only ASCII into a name; what would start the header fields of a mailto is encoded.
  const safeName = encodeURIComponent(name).replaceAll('%2B', '+');
  return {
    kind: 'link',
    text: raw,
    href: `mailto:${safeName}@${asciiHost}`,
    display: `${scheme}${name}@${shownHost}`,
  };
}

type Found = { index: number; link: Link; raw: string };

/** How often what was cut off an address is looked through anew: a text can be made of nothing but such ends. */
const MAX_RESTARTS = 3;

const shift = (found: Found[], by: number) => found.map((one) => ({ ...one, index: one.index + by }));

/** The address that a match begins with, and those in what is cut off its end, once its Hangul is past. */
function findInMatch(match: string, restarts: number): Found[] {
  const raw = trimEnd(match);
  const link = makeWebLink(raw);
  const tail = match.slice(raw.length);
  const skipped = /^[가-힣ㄱ-ㅣ]*/.exec(tail)?.[0].length ?? 0;
  const later = tail && restarts > 0 ? findLinks(tail.slice(skipped), restarts - 1) : [];
  return [...(link ? [{ index: 0, link, raw }] : []), ...shift(later, raw.length + skipped)];
}

function findLinks(text: string, restarts = MAX_RESTARTS): Found[] {
  return (linkifier.match(text) ?? []).flatMap(({ schema, index, raw: matched }) => {
    if (schema === 'mailto:') {
      const link = makeMailLink(matched);
      return link ? [{ index, link, raw: matched }] : [];
    }
    let at = index;
    return splitChain(matched).flatMap((part, order, { length }) => {
      const own = order < length - 1 ? part.replace(/[,;|]+$/, '') : part;
      const found = order === 0 ? findInMatch(own, restarts) : findLinks(own, restarts);
      const placed = shift(found, at);
      at += part.length;
      return placed;
    });
  });
}

/**
 * Splits a message into plain text and links, in order; the texts joined are the input.
 *
 * Only http, https and mailto come out. A Korean ending, closing bracket or punctuation after an
 * address is text. `display` shows a host that mixes or imitates scripts as punycode and never holds
 * an invisible or reordering character.
 */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, link, raw } of findLinks(text)) {
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push(link);
    end = index + raw.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
