import { timingSafeEqual } from 'node:crypto';
import { parse as parseUuid, stringify as stringifyUuid } from 'uuid';
import { getEnv } from '#lib/env.ts';
import { signFor } from '../signing-key.ts';
import { fromBase32, toBase32 } from './base32.ts';

const PURPOSE = 'dandul reply v1';
/** Bytes of conversation, of seq and side, and of the signature: 56 letters, as an address has room for. */
const ROOM_BYTES = 16;
const HEAD_BYTES = ROOM_BYTES + 4;
const TOKEN_BYTES = 35;

/** What a reply address says: whose side of which conversation, and up to where the mail showed it. */
export type ReplyTarget = { conversationId: string; isLow: boolean; quotedSeq: number };

/** Where replies to a mail go; undefined while REPLY_DOMAIN is not set. */
export function makeReplyAddress(target: ReplyTarget): string | undefined {
  const { REPLY_DOMAIN } = getEnv();
  if (!REPLY_DOMAIN) return undefined;
  const head = Buffer.alloc(HEAD_BYTES);
  head.set(parseUuid(target.conversationId));
  // A seq has 31 bits; the lowest bit says which of the two people it is.
  head.writeUInt32BE(target.quotedSeq * 2 + Number(target.isLow), ROOM_BYTES);
  const signature = signFor(PURPOSE, head).subarray(0, TOKEN_BYTES - HEAD_BYTES);
  return `reply+${toBase32(Buffer.concat([head, signature]))}@${REPLY_DOMAIN}`;
}

/** What an address says, or undefined when this server did not make it. */
export function readReplyAddress(address: string): ReplyTarget | undefined {
  const { REPLY_DOMAIN } = getEnv();
  const match = /^reply\+([a-z2-7]+)@(.+)$/i.exec(address.trim());
  if (!REPLY_DOMAIN || match?.[2]?.toLowerCase() !== REPLY_DOMAIN.toLowerCase()) return undefined;
  const token = fromBase32(match[1] ?? '', TOKEN_BYTES);
  if (!token) return undefined;
  const head = token.subarray(0, HEAD_BYTES);
  const expected = signFor(PURPOSE, head).subarray(0, TOKEN_BYTES - HEAD_BYTES);
  if (!timingSafeEqual(token.subarray(HEAD_BYTES), expected)) return undefined;
  const packed = head.readUInt32BE(ROOM_BYTES);
  return {
    conversationId: stringifyUuid(head.subarray(0, ROOM_BYTES)),
    isLow: packed % 2 === 1,
    quotedSeq: Math.floor(packed / 2),
  };
}
