import compile from 'icu-minify/compile';
import formatCompiled from 'use-intl/format-message/format-only';

type Input = Parameters<typeof formatCompiled>;

const compiled = new Map<string, Input[1]>();

/**
 * What `use-intl` formats with in the server's build (next.config.ts): the messages that client components
 * are given come compiled, those of server components as they are written. The browser's build holds only
 * the small half, which cannot read ICU syntax.
 */
export default function formatMessage(...[key, message, values, options]: Input) {
  return formatCompiled(key, typeof message === 'string' ? compileOnce(message) : message, values, options);
}
formatMessage.raw = true;

function compileOnce(message: string): Input[1] {
  const known = compiled.get(message) ?? compile(message);
  compiled.set(message, known);
  return known;
}
