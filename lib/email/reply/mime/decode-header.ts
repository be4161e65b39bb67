import { decodeBytes } from './decode-bytes.ts';

/** RFC 2047, with the language that RFC 2231 adds: `=?charset*lang?B?text?=`. */
const WORD = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi;
const BETWEEN_WORDS = /(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi;

/**
 * Decodes a header's value.
 *
 * @param value its bytes, one a character (latin1), as some programs write them raw.
 */
export function decodeHeader(value: string): string {
  const joined = value.replace(BETWEEN_WORDS, '$1');
  let text = '';
  let end = 0;
  let run: { label: string; bytes: Buffer } | undefined;
  const endRun = () => {
    if (run) text += decodeBytes(run.bytes, run.label).text;
    run = undefined;
  };
  for (const match of joined.matchAll(WORD)) {
    const [whole, label = '', encoding = '', content = ''] = match;
    const between = joined.slice(end, match.index);
    if (between) endRun();
    text += decodeRaw(between);
    const bytes = /b/i.test(encoding) ? Buffer.from(content, 'base64') : decodeQ(content);
    // Programs break words in the middle of a character, so neighbours are put together as bytes.
    if (run && run.label.toLowerCase() === label.toLowerCase()) {
      run.bytes = Buffer.concat([run.bytes, bytes]);
    } else {
      endRun();
      run = { label, bytes };
    }
    end = match.index + whole.length;
  }
  endRun();
  return text + decodeRaw(joined.slice(end));
}

function decodeRaw(text: string): string {
  return /[\u0080-\u00ff]/.test(text) ? decodeBytes(Buffer.from(text, 'latin1')).text : text;
}

function decodeQ(text: string): Buffer {
  const hex = text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, code) => toByte(code));
  return Buffer.from(hex, 'latin1');
}

const toByte = (code: string) => String.fromCharCode(Number.parseInt(code, 16));

/** `; name=value`, with the value bare or in quotes (RFC 2045). */
const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]*))/g;

/**
 * The value of a structured header and its parameters, by their names in lower case: also those in several
 * pieces or with a charset (RFC 2231), and those in encoded words, which no standard allows and many write.
 *
 * @param header as in `decodeHeader`.
 */
export function readParameters(header: string): { value: string; parameters: Map<string, string> } {
  const pieces = new Map<string, { at: number; text: string; isEncoded: boolean }[]>();
  for (const [, key = '', quoted, bare = ''] of header.matchAll(PARAMETER)) {
    const [, name = key, at = '0', star] = /^([^*]+)(?:\*(\d+))?(\*)?$/.exec(key) ?? [];
    const text = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
    const list = pieces.get(name.toLowerCase()) ?? [];
    pieces.set(name.toLowerCase(), [...list, { at: Number(at), text, isEncoded: star !== undefined }]);
  }
  const parameters = new Map([...pieces].map(([name, list]) => [name, joinPieces(list)]));
  return { value: (header.split(';')[0] ?? '').trim().toLowerCase(), parameters };
}

function joinPieces(list: { at: number; text: string; isEncoded: boolean }[]): string {
  // A plain copy beside an encoded one is for programs that cannot read the encoded one.
  const encoded = list.filter(({ isEncoded }) => isEncoded);
  const used = (encoded.length > 0 && list.every(({ at }) => at === 0) ? encoded : list).toSorted(
    (one, other) => one.at - other.at,
  );
  if (encoded.length === 0) return decodeHeader(used.map(({ text }) => text).join(''));
  const first = /^([^']*)'[^']*'(.*)$/s.exec(used[0]?.text ?? '');
  const texts = used.map(({ text, isEncoded }, index) => {
    const content = index === 0 && first ? (first[2] ?? '') : text;
    return isEncoded ? content.replace(/%([0-9a-f]{2})/gi, (_, code) => toByte(code)) : content;
  });
  return decodeBytes(Buffer.from(texts.join(''), 'latin1'), first?.[1]).text;
}
