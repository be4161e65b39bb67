import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Answer, ask } from './ask.ts';

type Action = { id: string; name: string; path: string };

const manifest = path.resolve(import.meta.dirname, '../../.next/server/server-reference-manifest.json');

/** A page's address by what Next calls its source. */
export const toAddress = (page: string) => page.replace(/^app|\/\([^)]+\)|\/(page|route)$/g, '') || '/';

/** Every server action of the present build, with a page that calls it. */
export function readActions(): Action[] {
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>;
  };
  return Object.entries(node).map(([id, { exportedName: name, workers }]) => {
    const pages = Object.keys(workers).map(toAddress);
    return { id, name, path: pages.find((page) => !page.includes('[')) ?? (pages[0] as string) };
  });
}

type Fields = Record<string, string>;
/** The fields of a form, which an action takes last, or values. */
export type Call = { form: Fields } | { values: unknown[] };

/** Calls an action as the page's scripts do. */
export async function callAction(
  url: string,
  name: string,
  call: Call,
  headers: Record<string, string | string[]> = {},
): Promise<ActionAnswer> {
  const action = readActions().find((one) => one.name === name);
  if (!action) throw new Error(`The build has no action ${name}`);
  const { type, body } = 'form' in call ? await encodeForm(action.id, call.form) : encodeValues(call.values);
  const answer = await ask(url, action.path, {
    method: 'POST',
    headers: {
      origin: url,
      accept: 'text/x-component',
      'next-action': action.id,
      'content-type': type,
      ...headers,
    },
    body,
  });
  return { ...answer, result: readResult(answer.body), cookie: readCookie(answer) };
}

/** `result` is what the action returned, as text; `cookie` holds what it set, as a browser says it. */
export type ActionAnswer = Answer & { result: string; cookie: string };

/** The second bit of an id's first byte says that the action reads a state before the form. */
async function encodeForm(id: string, fields: Fields) {
  const hasState = Number.parseInt(id.slice(0, 2), 16) & 0x20;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(`_1_${name}`, value);
  form.set('0', hasState ? '[{},"$K1"]' : '["$K1"]');
  const encoded = new Response(form);
  return {
    type: encoded.headers.get('content-type') as string,
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}

const encodeValues = (values: unknown[]) => ({
  type: 'text/plain;charset=UTF-8',
  body: Buffer.from(JSON.stringify(values)),
});

/** In Next's stream an action's own answer is row 1; a page that is drawn anew may follow. */
const readResult = (body: string) => /^1:(.*)$/m.exec(body)?.[1] ?? '';

const readCookie = ({ headers }: Answer) =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');
