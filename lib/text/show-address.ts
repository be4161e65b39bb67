import { domainToUnicode } from 'node:url';

/** An address as its owner writes it, its domain in Unicode: `minji@예시.한국`. */
export function showAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at + 1) + (domainToUnicode(email.slice(at + 1)) || email.slice(at + 1));
}
