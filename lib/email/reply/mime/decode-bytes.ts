import iconv from 'iconv-lite';
import { sniffCharset } from './sniff-charset.ts';

/** A text from bytes; damaged if some of them mean nothing in its charset and became U+FFFD. */
export type Decoded = { text: string; isDamaged: boolean };

/**
 * What Korean programs call windows-949, letters and digits only. ks_c_5601-1987 and euc-kr mean it too: as
 * they stand in their standards they have 2,350 of the 11,172 syllables. Node's own decoder takes them at
 * their word, so iconv-lite decodes here.
 */
const KOREAN =
  /^(x?euckr|cseuckr|ksc5601(19\d\d)?|csksc56011987|ksx1001|korean|isoir149|x?wansung|(x|cp|ms|ibm|windows|xwindows|xcp|xms)?949|cp970|x?uhc)$/;
/** Labels that say nothing about bytes above 127, or that programs write when they do not know. */
const VAGUE =
  /^(|usascii|ascii|ansix341968|iso88591|latin1|windows1252|cp1252|unknown|unknown8bit|xunknown|8bit|7bit|binary|default|none)$/;
/** Other names, and wider charsets that programs mean by the name of the narrower one. */
const ALIASES: Record<string, string> = {
  utf8mb4: 'utf-8',
  xutf8: 'utf-8',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  xgbk: 'gb18030',
  cp51932: 'euc-jp',
  eucjpwin: 'euc-jp',
  eucjpms: 'euc-jp',
  xeucjp: 'euc-jp',
  xeuctw: 'big5',
  iso88598i: 'iso-8859-8',
  iso88598e: 'iso-8859-8',
  unicode11utf7: 'utf-7',
};

const simplify = (label: string) => label.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Decodes bytes by the label that a mail gives them. Where the label says nothing, is unknown, or does not
 * fit the bytes, it is guessed; what no charset fits comes back as damaged, never as a guess.
 *
 * @param label a charset's name as it stands in the mail.
 */
export function decodeBytes(bytes: Buffer, label = ''): Decoded {
  const marked = decodeByMark(bytes);
  if (marked) return marked;
  const name = simplify(label);
  if (!VAGUE.test(name)) {
    const declared = decodeAs(bytes, name, label);
    if (declared && !declared.isDamaged) return declared;
    const guess = sniffCharset(bytes, false);
    return guess ? { text: decodeKnown(bytes, guess), isDamaged: false } : (declared ?? giveUp(bytes));
  }
  const guess = sniffCharset(bytes, true);
  return guess ? { text: decodeKnown(bytes, guess), isDamaged: false } : giveUp(bytes);
}

/** Text with everything that is not ASCII marked as lost. */
function giveUp(bytes: Buffer): Decoded {
  return { text: bytes.toString('latin1').replace(/[\u0080-\u00ff]+/g, '\ufffd'), isDamaged: true };
}

/** Decodes by a byte order mark, which outweighs every label. */
function decodeByMark(bytes: Buffer): Decoded | undefined {
  const head = bytes.subarray(0, 3).toString('hex');
  const name =
    head === 'efbbbf' ? 'utf8' : /^fffe/.test(head) ? 'utf16le' : /^feff/.test(head) ? 'utf16be' : '';
  return name ? decodeAs(bytes, name, name) : undefined;
}

/** Undefined for an unknown charset. */
function decodeAs(bytes: Buffer, name: string, label: string): Decoded | undefined {
  if (name === 'utf8') return decodeUtf8(bytes);
  if (/^(cs)?iso2022kr$/.test(name)) return check(decodeKnown(bytes, 'iso-2022-kr'));
  if (/^(cs)?iso2022jp/.test(name)) return check(decodeKnown(bytes, 'iso-2022-jp'));
  const charset = KOREAN.test(name) ? 'cp949' : (ALIASES[name] ?? label.trim());
  return iconv.encodingExists(charset) ? check(iconv.decode(bytes, charset)) : undefined;
}

const check = (text: string): Decoded => ({ text, isDamaged: text.includes('\ufffd') });

/** Here U+FFFD may have been written on purpose, so only broken bytes count as damage. */
function decodeUtf8(bytes: Buffer): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isDamaged: false };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), isDamaged: true };
  }
}

function decodeKnown(bytes: Buffer, charset: string): string {
  if (charset === 'iso-2022-kr') return decodeIso2022Kr(bytes);
  // iconv-lite does not have it, and Node's is right.
  if (charset === 'iso-2022-jp') return new TextDecoder('iso-2022-jp').decode(bytes);
  return iconv.decode(bytes, charset);
}

/** RFC 1557: between SO and SI each byte is one of EUC-KR without its highest bit. */
function decodeIso2022Kr(bytes: Buffer): string {
  const plain = bytes.toString('latin1').replaceAll('\u001b$)C', '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SO and SI are the charset's own marks
  const shifted = plain.replace(/\u000e([^\u000f\n]*)\u000f?/g, (_, run: string) =>
    run.replace(/[\u0021-\u007e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) | 0x80)),
  );
  return iconv.decode(Buffer.from(shifted.replaceAll('\u000f', ''), 'latin1'), 'cp949');
}
