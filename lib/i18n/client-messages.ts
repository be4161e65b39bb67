import compile from 'icu-minify/compile';
import type { Locale } from './config.ts';
import { getMessages, type Messages, type Namespace } from './translator.ts';

/** What of the catalogue a page's client components speak, its ICU syntax already read. */
export type ClientMessages = Partial<Messages>;

const compiled = new Map<string, ClientMessages>();

/** These parts of a language's catalogue as the browser needs them (lib/i18n/format-message.ts says why). */
export function getClientMessages(locale: Locale, namespaces: readonly Namespace[]): ClientMessages {
  const key = `${locale} ${namespaces}`;
  let known = compiled.get(key);
  if (!known) {
    const messages = getMessages(locale);
    const asked = Object.fromEntries(namespaces.map((name) => [name, messages[name]]));
    // A copy has plain objects, the only ones that React hands to the browser.
    known = structuredClone(compileAll(asked));
    compiled.set(key, known);
  }
  return known;
}

type Tree = { [key: string]: string | Tree };

function compileAll(tree: Tree): ClientMessages {
  const entries = Object.entries(tree).map(([key, value]) => [
    key,
    typeof value === 'string' ? compile(value) : compileAll(value),
  ]);
  return Object.fromEntries(entries);
}
