/** RFC 4648 letters in lower case: mail programs may change the case of an address, so none may matter. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Bytes, in a number divisible by five, as base32 without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let left = (bytes.length * 8) / 5; left > 0; left -= 1) {
    text = ALPHABET[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}

/** The bytes behind base32 of any case, or undefined when it is none or not of that length. */
export function fromBase32(text: string, length: number): Buffer | undefined {
  if (text.length !== (length * 8) / 5) return undefined;
  let bits = 0n;
  for (const letter of text.toLowerCase()) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    bits = (bits << 5n) | BigInt(value);
  }
  return Buffer.from(bits.toString(16).padStart(length * 2, '0'), 'hex');
}
