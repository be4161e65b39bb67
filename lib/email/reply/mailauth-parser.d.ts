/** mailauth's own parser, which its main module does not export. */
declare module 'mailauth/lib/parse-dkim-headers.js' {
  /** A header line of RFC 8601, comments left out; `value` is the server's name and perhaps a version. */
  export default function parseHeader(line: Buffer | string): {
    parsed: {
      value?: string;
      spf?: { value?: string; smtp?: { mailfrom?: string } };
      dkim?: { value?: string }[];
      dmarc?: { value?: string };
    };
  };
}
