import { expect, test } from 'vitest';
import { getClientMessages } from '#lib/i18n/client-messages.ts';
import { locales } from '#lib/i18n/config.ts';
import formatMessage from '#lib/i18n/format-message.ts';
import { getMessages, getTranslator, type Namespace } from '#lib/i18n/translator.ts';

const namespaces = Object.keys(getMessages('ko')) as Namespace[];

function listKeys(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : listKeys(value, `${prefix}${key}.`),
  );
}

/** Each argument that a text names, as a number, and each tag as its content in brackets. */
function makeValues(text: string, number: number) {
  const names = [...text.matchAll(/\{(\w+)/g)].map(([, name]) => [name, number]);
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, name]) => [name, (inner: string) => `[${inner}]`]);
  return Object.fromEntries([...names, ...tags]);
}

test.each(locales)('a text in %s reads the same compiled for the browser as in an e-mail', (locale) => {
  const compiled = getClientMessages(locale, namespaces);
  const options = { locale, timeZone: 'UTC' };
  let seen = 0;
  for (const namespace of namespaces) {
    const source = getMessages(locale)[namespace];
    const written = getTranslator(locale, namespace) as unknown as {
      markup(key: string, values: object): string;
    };
    for (const key of listKeys(source)) {
      const find = (tree: object) => key.split('.').reduce((at, step) => at[step as never], tree);
      for (const number of [0, 1, 2, 1234]) {
        const text = find(source) as unknown as string;
        const values = makeValues(text, number);
        const expected = written.markup(key, values);
        const formatters = {
          getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
            new Intl.NumberFormat(...args),
          getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) =>
            new Intl.PluralRules(...args),
        };
        for (const message of [text, find(compiled[namespace] as object)]) {
          const shown = formatMessage(key, message as never, values, { ...options, formatters } as never);
          expect([key, [shown].flat().join('')]).toEqual([key, expected]);
        }
        seen += 1;
      }
    }
  }
  expect(seen).toBeGreaterThan(500);
});
