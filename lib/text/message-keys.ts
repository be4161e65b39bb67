import { foldMessage, pairsOf } from './search-keys.ts';

/**
 * A key is 32 bits, the size of an `integer`: the upper ones of the conversation, the lower ones of a
 * pair of characters. Two conversations or pairs may share theirs; search looks at the text as well.
 */
const PAIR_BITS = 18;

/** The part that all keys of a conversation share, from the random end of its id, in the upper bits. */
export function conversationKey(conversationId: string): number {
  return (Number.parseInt(conversationId.slice(-4), 16) >>> 2) << PAIR_BITS;
}

/** The parts of a message's keys that come from its pairs of characters, each once, in the lower bits. */
export function pairKeys(pairs: readonly string[]): number[] {
  return [...new Set(pairs.map(hashPair))];
}

/** The finalizer of MurmurHash3 over both code points: every bit of them moves every bit of the key. */
function hashPair(pair: string): number {
  const first = pair.codePointAt(0) ?? 0;
  const second = pair.codePointAt(first > 0xffff ? 2 : 1) ?? 0;
  let hash = Math.imul(first, 0x9e3779b1) ^ second;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> (32 - PAIR_BITS);
}

/** What is stored with a message so that search finds it: the folded body and its keys. */
export function messageKeys(conversationId: string, body: string): { folded: string; searchKeys: number[] } {
  const folded = foldMessage(body);
  const conversation = conversationKey(conversationId);
  return { folded, searchKeys: pairKeys(pairsOf(folded)).map((pair) => conversation | pair) };
}
