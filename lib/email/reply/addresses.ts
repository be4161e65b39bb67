import { type Address, addressParser } from 'postal-mime';

function flatten(addresses: readonly Address[]): string[] {
  return addresses
    .flatMap((entry) => (entry.group ? flatten(entry.group) : [entry.address ?? '']))
    .filter(Boolean);
}

/** The addresses in a header's value. */
export function parseAddresses(value: string): string[] {
  return flatten(addressParser(value));
}

/**
 * Whether an address in a mail is a person's own, the case of ASCII letters aside. Folding that is right
 * for uniqueness (`ı` and `i`, `ß` and `ss`) would make another domain's proof this one's.
 */
export function isSameAddress(given: string | undefined, own: string): boolean {
  return given !== undefined && /^[!-~]+$/.test(given) && given.toLowerCase() === own.toLowerCase();
}
