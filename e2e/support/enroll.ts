import { type BrowserContext, expect } from '@playwright/test';

/**
 * Signs a person up by the form's plain POST, as a browser without scripts does: the context is logged
 * in afterwards, and no page had to be rendered. The form itself has specs of its own.
 */
export async function enroll(
  context: BrowserContext,
  person: { username: string; email: string; password: string },
  locale: string,
): Promise<void> {
  const { username, email, password } = person;
  const fields = { username, email, password, confirmPassword: password };
  const path = await postForm(context, '/signup', 'name="username"', () => fields, {
    'accept-language': locale,
  });
  expect(path).toMatch(/^\/chat/);
}

/** Makes the conversation with a person in the same way; returns the conversation's id. */
export async function startConversation(context: BrowserContext, username: string): Promise<string> {
  const address = `/chat/new?q=${encodeURIComponent(username)}`;
  const path = await postForm(context, address, 'name="partnerId"', (form) => ({
    partnerId: /value="([^"]+)"[^>]* name="partnerId"/.exec(form)?.[1] ?? '',
  }));
  expect(path).toMatch(/^\/chat\/[0-9a-f-]{36}$/);
  return path.split('/').at(-1) as string;
}

/** Posts the form of a page that has this field; returns the path that the answer leads to. */
async function postForm(
  context: BrowserContext,
  address: string,
  field: string,
  fill: (form: string) => Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const page = await (await context.request.get(address, { headers })).text();
  const form = page.match(new RegExp(`<form(?:(?!<form)[\\s\\S])*${field}[^>]*>`))?.[0] ?? '';
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
    readAttribute(tag, 'name'),
    readAttribute(tag, 'value'),
  ]);
  const origin = process.env.DANDUL_E2E_URL as string;
  const response = await context.request.post(address, {
    headers: { ...headers, origin },
    multipart: { ...Object.fromEntries(hidden), ...fill(form) },
    // The page that the answer leads to is not looked at.
    maxRedirects: 0,
  });
  return new URL(response.headers().location ?? address, origin).pathname;
}

function readAttribute(tag: string, name: string): string {
  const value = tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '';
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
