import type { ServerResponse } from 'node:http';
import { isSecureOrigin } from '#lib/runtime/env.ts';

/**
 * What every answer says to a browser, also a refusal, a file or a live connection's. Pages bring a policy of their
 * own (proxy.ts), which replaces the one here.
 */
export function getSecurityHeaders(): Record<string, string> {
  return {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(isSecureOrigin() && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
}

/** Puts these headers on an answer before anything else is decided about it. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(getSecurityHeaders())) response.setHeader(name, value);
}

/** A whole answer as it goes over the wire, for a line that carries no request any more. */
export function writeRefusal(status: string): string {
  const headers = { ...getSecurityHeaders(), Connection: 'close', 'Content-Length': '0' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`;
}
