import { NextRequest } from 'next/server';
import { handlers } from '#lib/auth/next-auth.ts';
import { getAllowedOrigins } from '#lib/env.ts';

/** The request as the public origin received it; Next knows only the address it listens on. */
function toPublicRequest(request: NextRequest): NextRequest {
  const origins = getAllowedOrigins();
  const asked = `http://${request.headers.get('host')}`;
  const origin = origins.includes(asked) ? asked : origins[0];
  return new NextRequest(`${origin}${request.nextUrl.pathname}${request.nextUrl.search}`, request);
}

export function GET(request: NextRequest) {
  return handlers.GET(toPublicRequest(request));
}

export function POST(request: NextRequest) {
  return handlers.POST(toPublicRequest(request));
}
