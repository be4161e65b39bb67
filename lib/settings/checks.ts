import { isIP } from 'node:net';
import * as v from 'valibot';

const isBlank = (value: string) => value.trim() === '';

/** A setting that may be missing; a blank one counts as missing. */
export const optional = <Output>(schema: v.GenericSchema<string, Output>) =>
  v.pipe(
    v.optional(v.string()),
    v.transform((value) => (value === undefined || isBlank(value) ? undefined : value)),
    v.optional(schema),
  );
/** A setting that has a value when it is missing or blank. */
export const orElse = <Output>(schema: v.GenericSchema<string, Output>, fallback: string) =>
  v.pipe(
    v.optional(v.string(), ''),
    v.transform((value) => (isBlank(value) ? fallback : value)),
    schema,
  );

/** A number as a person writes it, in digits; not 3e3 and not 0x50. */
export const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d+$/, `must be a whole number from ${least} to ${most}`),
    v.transform(Number),
    v.check((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`),
  );

export const port = wholeNumber(0, 65_535);

/** A thousand years in seconds; more is a typing error. */
const MOST_SECONDS = 31_536_000_000;
export const seconds = (least = 0) => wholeNumber(least, MOST_SECONDS);

/** An address to listen on: a name or an IP address, IPv6 with or without brackets. */
export const listenAddress = v.pipe(
  v.string(),
  v.trim(),
  v.transform((value) => value.replace(/^\[(.*)\]$/, '$1')),
  v.check(
    (value) => isIP(value) > 0 || /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(value),
    'must be an address of this machine such as 127.0.0.1, ::1 or 0.0.0.0, without a port',
  ),
);

const ORIGIN = 'must be only the origin that people visit, without a path, such as https://chat.example.com';

/** An origin without a path or a star, as links and the check of a browser's Origin need it. */
export const origin = v.pipe(
  v.string(),
  v.trim(),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    const url = URL.parse(value);
    const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
    const isPlace = url && !url.hostname.includes('*') && !['0.0.0.0', '[::]'].includes(url.hostname);
    if (isOrigin && isPlace) return url.origin;
    addIssue({
      message: /^https?:\/\//i.test(value)
        ? ORIGIN
        : 'must be an http or https address such as https://chat.example.com',
    });
    return NEVER;
  }),
);

/** One sender: an address, or a name and an address in angle brackets; a name with a comma in quotes. */
export const sender = v.pipe(
  v.string(),
  v.trim(),
  v.regex(
    /^(?:(?:"[^"\r\n]*"|[^",;:<>@\r\n]*)\s*<[^\s@<>,;]+@[^\s@<>,;]+>|[^\s@<>,;"]+@[^\s@<>,;"]+)$/,
    'must look like Dandul <chat@example.com>',
  ),
);
