import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { isSecureOrigin } from '#lib/env.ts';
import { getLog } from '#lib/log.ts';
import { checkLogin } from './check-login.ts';
import { sanitizeNextPath } from './next-path.ts';
import { readRequestOrigin } from './request-origin.ts';
import { getAuthSecret } from './secret.ts';
import { decode, encode } from './session-token.ts';
import { findLiveSession, getIdleSeconds, revokeSession } from './sessions.ts';

/**
 * Browsers keep a cookie 400 days at most. The session row decides when a login ends; the cookie only
 * must not end before it, however long the person keeps coming back.
 */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** What `code` of a refused sign-in begins with when there were too many; seconds to wait follow. */
const LIMITED = 'limited.';

/** What a client got wrong: a password, a stale form, an old cookie. Not the operator's news. */
const CLIENT_FAULTS = new Set([
  'CredentialsSignin',
  'MissingCSRF',
  'JWTSessionError',
  'SessionTokenError',
  'UnknownAction',
  'InvalidCallbackUrl',
]);

class LimitedSignin extends CredentialsSignin {
  constructor(retryAfterMs: number) {
    super();
    this.code = `${LIMITED}${Math.ceil(retryAfterMs / 1000)}`;
  }
}

/** Why Auth.js refused a sign-in, or undefined when the error is something else. Reads codes: the class exists once per bundle. */
export function readSigninRefusal(error: unknown): { retryAfterMs?: number } | undefined {
  const { type, code } = (error ?? {}) as { type?: unknown; code?: unknown };
  if (type !== 'CredentialsSignin') return undefined;
  if (typeof code === 'string' && code.startsWith(LIMITED)) {
    return { retryAfterMs: Number(code.slice(LIMITED.length)) * 1000 };
  }
  return {};
}

function makeConfig(): NextAuthConfig {
  return {
    secret: getAuthSecret(),
    basePath: '/api/auth',
    trustHost: true,
    useSecureCookies: isSecureOrigin(),
    session: { strategy: 'jwt', maxAge: Math.max(COOKIE_SECONDS, getIdleSeconds()) },
    jwt: { encode, decode },
    pages: { signIn: '/login', signOut: '/settings', error: '/login' },
    providers: [
      Credentials({
        credentials: { identifier: {}, password: { type: 'password' } },
        async authorize(credentials, request) {
          const result = await checkLogin(credentials, readRequestOrigin(request.headers));
          if (result.ok) return { id: result.userId, name: result.username, sid: result.sessionId };
          if (result.retryAfterMs !== undefined) throw new LimitedSignin(result.retryAfterMs);
          return null;
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        const sid = (user as { sid?: string } | undefined)?.sid ?? token.sid;
        if (typeof sid !== 'string') return null;
        if (!user && !(await findLiveSession(sid))) return null;
        return { sub: token.sub, name: token.name, sid };
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { id: token.sub, name: token.name },
      }),
      redirect: ({ url, baseUrl }) =>
        baseUrl + sanitizeNextPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    },
    events: {
      async signOut(message) {
        const sid = 'token' in message ? message.token?.sid : undefined;
        if (typeof sid === 'string') await revokeSession(sid);
      },
    },
    logger: {
      error(error) {
        const { type } = error as { type?: string };
        if (type !== undefined && CLIENT_FAULTS.has(type)) getLog().debug({ type }, 'sign-in refused');
        else getLog().error({ err: error }, 'sign-in failed');
      },
      warn: (code) => getLog().debug({ code }, 'auth warning'),
      debug() {},
    },
  };
}

export const { handlers, signIn, signOut } = NextAuth(makeConfig);
