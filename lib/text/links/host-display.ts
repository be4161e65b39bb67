// Letters of Latin with marks that people write; look-alikes such as ı, ĸ, ŀ, ŉ and ſ are left out.
const LATIN = /^(?!.*[\u0131\u0138\u013f\u0140\u0149\u017f])[a-z0-9\u00e0-\u00f6\u00f8-\u017f-]+$/;
const KOREAN = /^[a-z0-9\uac00-\ud7a3-]+$/;
// Han and kana without Latin letters beside them: ノ, 一 and 丶 look like punctuation of a URL.
const CHINESE_JAPANESE = /^[0-9\p{Script=Han}\u3041-\u3096\u30a1-\u30fa\u30fc-]+$/u;

// Scripts that make whole hosts of their own, ending included (пример.рф); never mixed.
const OWN_SCRIPTS = [
  'Arabic|Armenian|Bengali|Cyrillic|Devanagari|Georgian|Greek|Gujarati|Gurmukhi|Hebrew|Kannada',
  'Khmer|Lao|Malayalam|Myanmar|Sinhala|Tamil|Telugu|Thai',
]
  .join('|')
  .split('|')
  .map((script) => new RegExp(`^[0-9\\p{Script=${script}}\\p{M}-]+$`, 'u'));

function isPlainHost(host: string): boolean {
  const labels = host.toLowerCase().split('.');
  if (labels.every((label) => LATIN.test(label) || KOREAN.test(label) || CHINESE_JAPANESE.test(label))) {
    return host === host.normalize('NFC');
  }
  return OWN_SCRIPTS.some((script) =>
    labels.every((label) => script.test(label) && !/^[0-9-]+$/.test(label)),
  );
}

/**
 * How to show a host to a person: as written when each label keeps to one script that is not
 * mistaken for another, else in its ASCII form (`xn--…`).
 *
 * @returns null when no browser would accept the host.
 */
export function displayHost(host: string): string | null {
  if (!URL.canParse(`http://${host}`)) return null;
  const { hostname } = new URL(`http://${host}`);
  // A browser reads 0x7f.1 as 127.0.0.1, so that is what is shown.
  if (/^[\x20-\x7e]*$/.test(host)) return host.toLowerCase() === hostname ? host : hostname;
  return isPlainHost(host.replace(/\.$/, '')) ? host : hostname;
}
