import { randomUUID } from 'node:crypto';
import type { APIResponse, BrowserContext, Page, Request } from '@playwright/test';
import { blockPartner } from './support/conversation.ts';
import { expect, logIn, messageOf, sendMessage, test } from './support/test.ts';

/** The words that the page shows. */
const readWords = (page: Page) => page.locator('body').ariaSnapshot();

/** The request of the next server action that the page calls. */
async function catchAction(page: Page, act: () => Promise<unknown>): Promise<Request> {
  const called = page.waitForRequest((request) => 'next-action' in request.headers());
  await act();
  return called;
}

/** Calls an action again as somebody else, after `swap` has changed its body. */
async function replay(
  context: BrowserContext,
  request: Request,
  swap: (body: string) => string = (body) => body,
  headers: Record<string, string> = {},
): Promise<APIResponse> {
  const sent = await request.allHeaders();
  const kept = ['accept', 'content-type', 'next-action', 'next-router-state-tree', 'origin'];
  return context.request.fetch(request.url(), {
    method: 'POST',
    maxRedirects: 0,
    headers: {
      ...Object.fromEntries(kept.filter((name) => name in sent).map((name) => [name, sent[name] as string])),
      ...headers,
    },
    data: Buffer.from(swap(request.postDataBuffer()?.toString('utf8') ?? '')),
  });
}

/**
 * An action's own answer, without the ids that it was called with. In Next's stream it is row 1; a
 * re-rendered page may follow.
 */
async function readAnswer(answer: APIResponse, ...ids: string[]): Promise<[number, string]> {
  const text = await answer.text();
  const own = /^1:(.*)$/m.exec(text)?.[1] ?? text;
  return [answer.status(), ids.reduce((rest, id) => rest.replaceAll(id, 'ID'), own)];
}

test('a stranger’s conversation looks like one that does not exist @once', async ({
  pair,
  addPerson,
  names,
}) => {
  const { first, second, openConversation } = pair;
  const conversationId = await openConversation(first, second);
  await sendMessage(first.page, names, '우리끼리');
  const { page } = await addPerson('stranger');
  for (const path of ['/chat/ID', '/chat/ID?m=1', '/search?in=ID', '/search?in=ID&q=우리']) {
    const seen: unknown[] = [];
    for (const id of [conversationId, randomUUID(), 'not-an-id']) {
      const response = await page.goto(path.replace('ID', id));
      // On a page that is not found, scripts render the words.
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect(await page.content()).not.toContain('우리끼리');
      seen.push([response?.status(), await page.title(), await readWords(page)]);
    }
    expect(seen[0]).toEqual([404, expect.anything(), expect.stringMatching(/\S/)]);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  }
});

test('starting a conversation with nobody or oneself, or as a guest, makes none @once', async ({
  pair,
  openContext,
  names,
}) => {
  const { first, second } = pair;
  await first.page.goto('/chat/new');
  const search = await catchAction(first.page, () =>
    first.page.getByRole('searchbox', { name: names.searchPeople }).fill(second.username),
  );
  const start = await catchAction(first.page, () =>
    first.page.getByRole('option', { name: second.username }).click(),
  );
  const [partnerId = ''] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(start.postData() ?? '') ?? [];
  expect(partnerId).not.toBe('');

  const unknown = randomUUID();
  const nobody = await readAnswer(
    await replay(first.context, start, (body) => body.replaceAll(partnerId, unknown)),
    unknown,
  );
  const oneself = await readAnswer(await replay(second.context, start), partnerId);
  expect(nobody[1]).toContain('not_found');
  expect(oneself).toEqual(nobody);
  const guest = await openContext();
  for (const action of [search, start]) {
    const answer = await replay(guest, action);
    expect(answer.headers()['x-action-redirect']).toContain('/login');
    expect(await answer.text()).not.toContain(second.username);
  }
});

test('blocking another’s conversation is answered as for one that does not exist @once', async ({
  pair,
  addPerson,
  openContext,
  names,
  texts: { chat },
}) => {
  const { first, second, openConversation: open } = pair;
  const conversationId = await open(first, second);
  await sendMessage(first.page, names, '안녕하세요');
  const stranger = await addPerson('stranger');
  const block = await catchAction(first.page, () => blockPartner(first.page, chat));
  expect(block.postData()).toContain(conversationId);
  const unblocking = (body: string) => body.replace('true', 'false');

  const unknown = randomUUID();
  const foreign = await readAnswer(await replay(stranger.context, block, unblocking), conversationId);
  const missing = await readAnswer(
    await replay(stranger.context, block, (body) => unblocking(body).replaceAll(conversationId, unknown)),
    unknown,
  );
  expect(foreign[0]).toBe(200);
  expect(foreign[1]).toContain('not_found');
  expect(foreign).toEqual(missing);
  const asGuest = await (await replay(await openContext(), block, unblocking)).text();
  expect(asGuest).toContain('unauthorized');
  await first.page.reload();
  await expect(first.page.getByRole('button', { name: chat.block.undo, exact: true })).toBeVisible();
});

test('ending another person’s session is answered as for one that does not exist @once', async ({
  addPerson,
  openContext,
  names,
  texts: { settings },
}) => {
  const owner = await addPerson('minji');
  const device = await (await openContext()).newPage();
  await device.goto('/login');
  await logIn(device, names, owner.username, owner.password);
  await owner.page.goto('/settings/security');
  const list = owner.page.getByRole('region', { name: settings.sessions.title }).getByRole('listitem');
  const sessionId = await list.locator('input[name="sessionId"]').inputValue();
  const stranger = await addPerson('stranger');
  await device.context().setOffline(true);
  // The owner's own request is caught and never arrives.
  await owner.page.route('**/settings/security', (route) => route.abort());
  const ending = await catchAction(owner.page, () => list.getByRole('button').click());
  await owner.page.unroute('**/settings/security');
  await device.context().setOffline(false);

  const unknown = randomUUID();
  const foreign = await readAnswer(await replay(stranger.context, ending), sessionId);
  const missing = await readAnswer(
    await replay(stranger.context, ending, (body) => body.replaceAll(sessionId, unknown)),
    unknown,
  );
  expect(foreign[0]).toBe(200);
  expect(foreign[1]).toContain('notFound');
  expect(foreign).toEqual(missing);
  const asGuest = await replay(await openContext(), ending);
  expect(asGuest.headers()['x-action-redirect']).toContain('/login');
  await device.goto('/settings/security');
  await expect(device).toHaveURL(/\/settings\/security$/);

  // From another site not even the owner's own cookie ends it; from here it does.
  const crossSite = await replay(owner.context, ending, undefined, { origin: 'https://evil.example' });
  expect(crossSite.status()).toBeGreaterThanOrEqual(400);
  await device.reload();
  await expect(device).toHaveURL(/\/settings\/security$/);
  expect(await (await replay(owner.context, ending)).text()).toContain('ended');
  // It hears so and leaves by itself.
  await expect(device).toHaveURL(/\/login/);
});

test('HTML and scripts in a message or a search are text @once', async ({ pair, names }) => {
  const { first, second, openConversation: open } = pair;
  const dialogs: string[] = [];
  for (const { page } of [first, second]) {
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      return dialog.dismiss();
    });
  }
  const conversationId = await open(first, second);
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(2)</script>',
    'javascript:alert(3)',
    '<a href="javascript:alert(4)">here</a>',
  ];
  for (const text of hostile) await sendMessage(first.page, names, text);
  await second.page.goto(`/chat/${conversationId}`);
  const log = second.page.getByRole('log', { name: names.timeline });
  for (const text of hostile) await expect(messageOf(second.page, names, text)).toBeVisible();
  await expect(log.locator('img, script, a[href^="javascript:"]')).toHaveCount(0);
  await second.page.goto(`/search?q=${encodeURIComponent('<img src=x onerror')}`);
  await expect(second.page.locator('main')).toContainText(hostile[0] as string);
  await expect(second.page.locator('main img[src="x"]')).toHaveCount(0);
  expect(dialogs).toEqual([]);
});

test('every page carries its own nonce and headers, and breaks no rule of its policy @once', async ({
  pair,
  openContext,
  names,
}) => {
  const { first, second, openConversation: open } = pair;
  const conversationId = await open(first, second);
  await sendMessage(first.page, names, 'https://example.com 를 보세요');
  const guest = await (await openContext()).newPage();
  const complaints: string[] = [];
  for (const page of [first.page, guest]) {
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text()))
        complaints.push(`${page.url()}: ${message.text()}`);
    });
  }
  const nonces: (string | undefined)[] = [];
  const visits: [Page, string[]][] = [
    [guest, ['/login', '/signup', '/forgot-password', '/reset-password', '/verify-email', '/unsubscribe']],
    [guest, ['/dev/mailbox', '/nothing-here']],
    [first.page, ['/chat', '/chat/new', `/chat/${conversationId}`, '/search?q=https', '/settings/account']],
  ];
  for (const [page, paths] of visits) {
    for (const path of paths) {
      const response = await page.goto(path);
      const headers = response?.headers() ?? {};
      const policy = headers['content-security-policy'] ?? '';
      const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1];
      expect(nonce, path).toBeTruthy();
      nonces.push(nonce);
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': expect.any(String),
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      const html = (await response?.text()) ?? '';
      const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length, path).toBeGreaterThan(0);
      expect(
        scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
        path,
      ).toEqual([]);
    }
  }
  expect(new Set(nonces).size).toBe(nonces.length);
  expect(complaints).toEqual([]);
  const script = await guest.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  const file = await guest.request.get(script ?? '');
  expect(file.headers()['x-content-type-options']).toBe('nosniff');
});

test('the health routes answer, and the mailbox gives no other file away @once', async ({ page }) => {
  await page.goto('/login');
  for (const path of ['/api/health', '/api/ready', '/api/metrics']) {
    expect((await page.request.get(path)).status(), path).toBe(200);
  }
  for (const name of [
    '..%2Fauth-secret',
    '%2e%2e%2fauth-secret',
    '..%5Cauth-secret',
    'auth-secret',
    '%00.eml',
  ]) {
    const answer = await page.request.get(`/dev/mailbox/${name}`);
    expect([400, 404], name).toContain(answer.status());
  }
});

test('a body that is larger than any route takes is refused before it is read @once', async ({ page }) => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const data = 'a&'.repeat(250_000);
  for (const path of ['/api/unsubscribe', '/api/auth/callback/credentials', '/api/auth/signout']) {
    expect((await page.request.post(path, { headers, data })).status(), path).toBe(413);
  }
});

test('behind the proxy the browser is told to stay with TLS, and metrics stay inside @cluster-only', async ({
  page,
}) => {
  const answer = await page.goto('/login');
  expect(answer?.headers()['strict-transport-security']).toContain('max-age=');
  expect((await page.request.get('/api/health')).status()).toBe(200);
  expect((await page.request.get('/api/ready')).status()).toBe(200);
  const headers = { 'X-Forwarded-For': '203.0.113.7' };
  expect((await page.request.get('/api/metrics', { headers })).status()).toBe(404);
});
