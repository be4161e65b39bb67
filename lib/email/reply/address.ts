import { timingSafeEqual } from 'node:crypto';
import { base32nopad } from '@scure/base';
import { parse as parseUuid, stringify as stringifyUuid } from 'uuid';
import { getEnv } from '#lib/runtime/env.ts';
import { signFor } from '../preferences/signing-key.ts';

const PURPOSE = 'dandul reply v1';
/** Bytes of the conversation, of seq and side, and of the signature: 56 letters, which fit into an address. */
const CONVERSATION_BYTES = 16;
const HEAD_BYTES = CONVERSATION_BYTES + 4;
const TOKEN_BYTES = 35;
/** In lower case: mail programs may change the case of an address, so none may matter. */
const TOKEN = /^reply\+([a-z2-7]{56})@(.+)$/i;

/** What a reply address says: whose side of which conversation, and how far the mail showed it. */
export type ReplyTarget = { conversationId: string; isLow: boolean; quotedSeq: number };

/** Where replies to a mail go; undefined while REPLY_DOMAIN is not set. */
export function makeReplyAddress(target: ReplyTarget): string | undefined {
  const { REPLY_DOMAIN } = getEnv();
  if (!REPLY_DOMAIN) return undefined;
  const head = Buffer.alloc(HEAD_BYTES);
  head.set(parseUuid(target.conversationId));
  // A seq has 31 bits; the lowest bit says which of the two people it is.
  head.writeUInt32BE(target.quotedSeq * 2 + Number(target.isLow), CONVERSATION_BYTES);
  const signature = signFor(PURPOSE, head).subarray(0, TOKEN_BYTES - HEAD_BYTES);
  const token = base32nopad.encode(Buffer.concat([head, signature])).toLowerCase();
  return `reply+${token}@${REPLY_DOMAIN}`;
}

/** What an address says, or undefined when this server did not make it. */
export function readReplyAddress(address: string): ReplyTarget | undefined {
  const { REPLY_DOMAIN } = getEnv();
  const match = TOKEN.exec(address.trim());
  if (!REPLY_DOMAIN || match?.[2]?.toLowerCase() !== REPLY_DOMAIN.toLowerCase()) return undefined;
  const token = Buffer.from(base32nopad.decode((match[1] ?? '').toUpperCase()));
  const head = token.subarray(0, HEAD_BYTES);
  const expected = signFor(PURPOSE, head).subarray(0, TOKEN_BYTES - HEAD_BYTES);
  if (!timingSafeEqual(token.subarray(HEAD_BYTES), expected)) return undefined;
  const packed = head.readUInt32BE(CONVERSATION_BYTES);
  return {
    conversationId: stringifyUuid(head.subarray(0, CONVERSATION_BYTES)),
    isLow: packed % 2 === 1,
    quotedSeq: Math.floor(packed / 2),
  };
}
