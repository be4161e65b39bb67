import { readFileSync } from 'node:fs';
import { parseEnv as parseLines } from 'node:util';

/** The settings of a `.env` file, and what its author should know of them. */
export type EnvFile = { values: Record<string, string>; warnings: string[] };

/** A line that sets something without quotes. */
const UNQUOTED = /^(\s*(?:export\s+)?([\w.-]+)\s*=[^\S\n]*)([^\s'"`#][^\n]*)$/gm;
const NAMES = /^\s*(?:export\s+)?([\w.-]+)\s*=/gm;

/** Reads a `.env` file in whatever encoding an editor saved it. */
export function readEnvFile(file: string): EnvFile {
  return parseEnvFile(decodeText(readFileSync(file)));
}

/** As UTF-8, or UTF-16 where a byte order mark or every other byte says so; the mark is not part of the text. */
export function decodeText(bytes: Buffer): string {
  const isLittle = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] !== 0 && bytes[1] === 0);
  const isBig = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] !== 0);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * Reads the lines as Node.js does, except for `#`: as in docker compose, which reads the same file, a comment
 * begins after a space, and a `#` inside a password is part of it.
 */
export function parseEnvFile(text: string): EnvFile {
  const warnings: string[] = [];
  const lines = text.replace(/\r\n?/g, '\n');
  const prepared = lines.replace(UNQUOTED, (line, start: string, name: string, rest: string) => {
    const value = rest.replace(/\s#.*$/, '').trimEnd();
    const quote = [`'`, '"', '`'].find((mark) => !value.includes(mark));
    if (!value.includes('#') || !quote) return line;
    warnings.push(`${name} in .env: # is taken as a part of the value; put the value in quotes to say so.`);
    return `${start}${quote}${value}${quote}`;
  });
  const names = [...lines.matchAll(NAMES)].map(([, name]) => name as string);
  const doubled = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of doubled) warnings.push(`${name} stands in .env more than once; the last one counts.`);
  const values = parseLines(prepared) as Record<string, string>;
  for (const [name, value] of Object.entries(values)) {
    if (value.includes('\ufffd')) {
      warnings.push(`${name} in .env has characters that cannot be read; save the file as UTF-8.`);
    }
  }
  return { values, warnings };
}
