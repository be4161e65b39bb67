import { displayHost } from './host-display.ts';

/** `text` is what was written, `display` what is safe to show for it, `href` where it leads. */
export type Link = { kind: 'link'; text: string; href: string; display: string };

// Controls, fillers and joiners that have no shape of their own, and so can hide or reorder text.
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;

function encodeInvisible(text: string): string {
  // A lone surrogate cannot be encoded; it is shown as the replacement character it would become.
  return text.toWellFormed().replace(INVISIBLE, (char) => encodeURIComponent(char));
}

type WebAddress = { scheme: string; user: string; host: string; port: string; rest: string };

/** The link of an address on the web; https where no scheme is written. Null when no browser would go there. */
export function makeWebLink({ scheme, user, host, port, rest }: WebAddress): Link | null {
  const raw = `${scheme}${user && `${user}@`}${host}${port}${rest}`;
  const href = scheme ? raw : `https://${raw}`;
  const shownHost = displayHost(host);
  if (shownHost === null || !URL.canParse(href) || !/^https?:$/.test(new URL(href).protocol)) return null;
  if (new URL(href).hostname !== new URL(`http://${host}`).hostname) return null;
  const account = user && `${encodeURI(user.toWellFormed()).replaceAll('%25', '%')}@`;
  return {
    kind: 'link',
    text: raw,
    href,
    display: scheme + account + shownHost + port + encodeInvisible(rest),
  };
}

/** The link that writes to a mailbox; null when its host is none. */
export function makeMailLink({
  scheme,
  name,
  host,
}: {
  scheme: string;
  name: string;
  host: string;
}): Link | null {
  const shownHost = displayHost(host);
  if (!shownHost) return null;
  const asciiHost = new URL(`http://${host}`).hostname;
  // What would start the header fields of a mailto is encoded.
  const safeName = encodeURIComponent(name).replaceAll('%2B', '+');
  return {
    kind: 'link',
    text: `${scheme}${name}@${host}`,
    href: `mailto:${safeName}@${asciiHost}`,
    display: `${scheme}${encodeInvisible(name)}@${shownHost}`,
  };
}
