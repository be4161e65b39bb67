import { type NextRequest, NextResponse } from 'next/server';
import { PATH_HEADER } from '#lib/auth/login/next-path.ts';
import {
  DEVICE_COOKIE,
  DEVICE_HEADER,
  isLoginPage,
  LONGEST_COOKIE_SECONDS,
} from '#lib/auth/sessions/device-cookie.ts';
import { judgeActionCall } from '#lib/operations/judge-action-call.ts';
import { getAllowedOrigins, getEnv, isSecureOrigin } from '#lib/runtime/env.ts';

function makeContentSecurityPolicy(nonce: string, pathname: string): string {
  const isDev = getEnv().NODE_ENV === 'development';
  const sockets = getAllowedOrigins().map((origin) => origin.replace(/^http/, 'ws'));
  return [
    `default-src 'self'`,
    // Turbopack's hot reload evaluates code; nothing else may.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? ` 'unsafe-eval'` : ''}`,
    // React writes style attributes, which no nonce can allow.
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self' ${sockets.join(' ')}`,
    // The developer mailbox shows a mail in a frame of its own; nothing else is framed.
    `frame-ancestors ${pathname.startsWith('/dev/mailbox') ? `'self'` : `'none'`}`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `object-src 'none'`,
  ].join('; ');
}

/** What this browser is called, by its cookie; undefined for one that has none. */
function readDevice(request: NextRequest): string | undefined {
  const known = request.cookies.get(DEVICE_COOKIE)?.value ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(known) ? known : undefined;
}

/** What a route under /api may be sent: a login, a press of a button (bytes). */
const MAX_API_BODY = 16 * 1024;
/** What a page may be sent: a form, a call of an action (bytes; next.config.ts cuts off what does not say its length). */
const MAX_PAGE_BODY = 64 * 1024;

/** What comes from anywhere and proves itself by a signature; these look at their length themselves, or are tiny. */
const isOpenRoute = (pathname: string) =>
  pathname.startsWith('/api/webhooks/') || pathname === '/api/unsubscribe';

const refuse = (status: number, text: string, headers: Record<string, string> = {}) =>
  new NextResponse(`${text}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
  });

const OTHER_BUILD = 'This page is of another version of the server. Open it anew and try again.';
/** By this Next's own client knows that its page is of another build. */
const ACTION_NOT_FOUND = { 'X-Nextjs-Action-Not-Found': '1' };

/**
 * Says no to what no route takes, before it is read; undefined for what may pass. A body that is too large costs a time
 * that grows with the square of its fields. A browser on another site says where it is by Origin, which must be the
 * public one; what sends no Origin is no browser, and holds no cookie that it was not given.
 */
async function findRefusal(request: NextRequest): Promise<NextResponse | undefined> {
  const { method, nextUrl, headers } = request;
  const { pathname } = nextUrl;
  if (method === 'GET' || method === 'HEAD') return undefined;
  const isApi = pathname.startsWith('/api/');
  const isTooLarge = Number(headers.get('content-length') ?? 0) > (isApi ? MAX_API_BODY : MAX_PAGE_BODY);
  if (isTooLarge && !pathname.startsWith('/api/webhooks/')) return refuse(413, 'Too large.');
  const origin = headers.get('origin');
  if (origin !== null && !isOpenRoute(pathname) && !getAllowedOrigins().includes(origin)) {
    return refuse(403, 'This request comes from another site. Open the page anew and try again.');
  }
  if (isApi) return undefined;
  if (method !== 'POST') return refuse(405, 'This method is not used here.', { Allow: 'GET, HEAD, POST' });
  const verdict = await judgeActionCall(request);
  if (verdict === 'malformed') return refuse(400, 'This is no form of this page.');
  return verdict === 'unknown' ? refuse(404, OTHER_BUILD, ACTION_NOT_FOUND) : undefined;
}

/**
 * Refuses what no route takes, puts a fresh nonce on each page and tells pages their own path. Who may
 * see what is decided where the data is read, not here; the other headers are server.ts's.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const refusal = await findRefusal(request);
  if (refusal) return refusal;
  const { pathname, searchParams } = request.nextUrl;
  const requestHeaders = new Headers(request.headers);
  // Next asks that an action's Origin is the host; it was compared with APP_URL, whatever host a proxy hands on.
  const originHost = URL.parse(request.headers.get('origin') ?? '')?.host;
  if (originHost) requestHeaders.set('x-forwarded-host', originHost);
  const query = new URLSearchParams(searchParams);
  // Next's own marker of a partial page load; a person never typed it.
  query.delete('_rsc');
  requestHeaders.set(PATH_HEADER, query.size > 0 ? `${pathname}?${query}` : pathname);
  requestHeaders.delete(DEVICE_HEADER);
  const knownDevice = readDevice(request);
  if (pathname.startsWith('/api/')) {
    // A login may also be posted there by a client of its own.
    if (knownDevice) requestHeaders.set(DEVICE_HEADER, knownDevice);
    return NextResponse.next({ request: { headers: requestHeaders } });
  }

  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = makeContentSecurityPolicy(nonce, pathname);
  requestHeaders.set('x-nonce', nonce);
  // Next finds the nonce for its own scripts in this one.
  requestHeaders.set('Content-Security-Policy', policy);
  const deviceId = isLoginPage(pathname) ? (knownDevice ?? crypto.randomUUID()) : undefined;
  if (deviceId) requestHeaders.set(DEVICE_HEADER, deviceId);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('Content-Security-Policy', policy);
  if (deviceId) {
    response.cookies.set(DEVICE_COOKIE, deviceId, {
      path: '/',
      maxAge: LONGEST_COOKIE_SECONDS,
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecureOrigin(),
    });
  }
  return response;
}

export const config = {
  // Built files carry no secrets and run nothing on their own; next.config.ts gives them their headers.
  matcher: ['/((?!_next/static|_next/image).*)'],
};
