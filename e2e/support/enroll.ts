import { type BrowserContext, expect } from '@playwright/test';

/**
 * Signs a person up by the form's plain POST, as a browser without scripts does: the context is logged
 * in afterwards, and no page had to be drawn for it. The form itself has specs of its own.
 */
export async function enroll(
  context: BrowserContext,
  person: { username: string; email: string; password: string },
  locale: string,
): Promise<void> {
  const headers = { 'accept-language': locale };
  const page = await (await context.request.get('/signup', { headers })).text();
  const form = page.match(/<form(?:(?!<form)[\s\S])*name="username"/)?.[0] ?? '';
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
    readAttribute(tag, 'name'),
    readAttribute(tag, 'value'),
  ]);
  const response = await context.request.post('/signup', {
    headers: { ...headers, origin: process.env.DANDUL_E2E_URL as string },
    multipart: {
      ...Object.fromEntries(hidden),
      username: person.username,
      email: person.email,
      password: person.password,
      confirmPassword: person.password,
    },
  });
  expect(new URL(response.url()).pathname).toMatch(/^\/chat/);
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
