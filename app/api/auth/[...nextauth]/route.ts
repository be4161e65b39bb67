import type { NextRequest } from 'next/server';
import { handlers } from '#lib/auth/login/next-auth.ts';
import { getAllowedOrigins } from '#lib/runtime/env.ts';

/**
 * The request as the public origin received it; Next knows only the address it listens on. A plain
 * Request, because a NextRequest would turn 127.0.0.1 into localhost.
 */
function toPublicRequest(request: NextRequest): NextRequest {
  const origins = getAllowedOrigins();
  const asked = `http://${request.headers.get('host')}`;
  const origin = origins.includes(asked) ? asked : origins[0];
  const url = `${origin}${request.nextUrl.pathname}${request.nextUrl.search}`;
  return new Request(url, request) as NextRequest;
}

export function GET(request: NextRequest) {
  return handlers.GET(toPublicRequest(request));
}

export function POST(request: NextRequest) {
  return handlers.POST(toPublicRequest(request));
}
