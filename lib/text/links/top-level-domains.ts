import { unpackWords } from './packed-words.ts';
import { PACKED_TOP_LEVEL_DOMAINS } from './top-level-domain-list.ts';

const known = new Set(unpackWords(PACKED_TOP_LEVEL_DOMAINS));

/** The ASCII forms of the endings in other scripts; made when the first `xn--` is met. */
let encoded: Set<string> | undefined;

function encodeAll(): Set<string> {
  const others = [...known].filter((ending) => !/^[a-z]/.test(ending));
  return new Set(others.map((ending) => new URL(`http://${ending}`).hostname));
}

/** True for the ending of a public host (IANA's list), in any case, also in its ASCII form (`xn--…`). */
export function isTopLevelDomain(label: string): boolean {
  const folded = label.normalize('NFC').toLowerCase();
  if (!folded.startsWith('xn--')) return known.has(folded);
  encoded ??= encodeAll();
  return encoded.has(folded);
}
