import { type NextRequest, NextResponse } from 'next/server';
import { DEVICE_COOKIE, DEVICE_COOKIE_SECONDS, DEVICE_HEADER, isLoginPage } from '#lib/auth/device-cookie.ts';
import { getAllowedOrigins, getEnv, isSecureOrigin } from '#lib/env.ts';

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

function setSecurityHeaders(headers: Headers): void {
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (isSecureOrigin()) headers.set('Strict-Transport-Security', 'max-age=31536000');
}

/** What this browser is called: the name in its cookie, or a new one. */
function nameDevice(request: NextRequest): string {
  const known = request.cookies.get(DEVICE_COOKIE)?.value ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(known) ? known : crypto.randomUUID();
}

/** What a route under /api may be sent: a login, a press of a button (bytes). */
const MAX_API_BODY = 16 * 1024;

/**
 * Says no to a body that is larger than any a route takes before it is read, as reading a form takes a time that
 * grows with the square of its fields; undefined for one that may pass. Webhooks are signed, read as they are, and
 * look at their length themselves. One of unknown length is cut off (next.config.ts).
 */
function refuseBody({ nextUrl, headers }: NextRequest): NextResponse | undefined {
  if (nextUrl.pathname.startsWith('/api/webhooks/')) return undefined;
  if (Number(headers.get('content-length') ?? 0) <= MAX_API_BODY) return undefined;
  return new NextResponse('Too large.\n', { status: 413 });
}

/**
 * Puts a fresh nonce and the security headers on each answer and tells pages their own path. Who may
 * see what is decided where the data is read, not here.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, searchParams } = request.nextUrl;
  const requestHeaders = new Headers(request.headers);
  const query = new URLSearchParams(searchParams);
  // Next's own marker of a partial page load; a person never typed it.
  query.delete('_rsc');
  requestHeaders.set('x-dandul-path', query.size > 0 ? `${pathname}?${query}` : pathname);
  requestHeaders.delete(DEVICE_HEADER);
  if (pathname.startsWith('/api/')) {
    const response = refuseBody(request) ?? NextResponse.next({ request: { headers: requestHeaders } });
    setSecurityHeaders(response.headers);
    return response;
  }

  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = makeContentSecurityPolicy(nonce, pathname);
  requestHeaders.set('x-nonce', nonce);
  // Next finds the nonce for its own scripts in this one.
  requestHeaders.set('Content-Security-Policy', policy);
  const deviceId = isLoginPage(pathname) ? nameDevice(request) : undefined;
  if (deviceId) requestHeaders.set(DEVICE_HEADER, deviceId);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('Content-Security-Policy', policy);
  setSecurityHeaders(response.headers);
  if (deviceId) {
    response.cookies.set(DEVICE_COOKIE, deviceId, {
      path: '/',
      maxAge: DEVICE_COOKIE_SECONDS,
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
