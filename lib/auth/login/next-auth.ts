import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { isSecureOrigin } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { logSecurity } from '../log-security.ts';
import { LONGEST_COOKIE_SECONDS } from '../sessions/device-cookie.ts';
import { readRequestOrigin } from '../sessions/request-origin.ts';
import { decode, encode } from '../sessions/session-token.ts';
import { findLiveSession, getIdleSeconds, revokeSession } from '../sessions/sessions.ts';
import { checkLogin } from './check-login.ts';
import { logInByLink } from './login-link.ts';
import type { LoginOutcome, LoginStop } from './login-outcome.ts';
import { sanitizeNextPath } from './next-path.ts';
import { getAuthSecret } from './secret.ts';

/** What `code` of a refused sign-in begins with when there were too many; seconds to wait follow. */
const LIMITED = 'limited.';
/** The `code` of one that waits for a mailed link. */
const CHALLENGE = 'challenge.mail';

/** What a client got wrong: a password, a stale form, an old cookie. Not the operator's news. */
const CLIENT_FAULTS = new Set([
  'CredentialsSignin',
  'MissingCSRF',
  'JWTSessionError',
  'SessionTokenError',
  'UnknownAction',
  'InvalidCallbackUrl',
]);

/** The provider that logs in by a mailed link. */
export const LINK_PROVIDER = 'link';

class RefusedSignin extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

/** Why Auth.js let nobody in, or undefined when the error is something else. Reads codes: the class exists once per bundle. */
export function readLoginStop(error: unknown): LoginStop | undefined {
  const { type, code } = (error ?? {}) as { type?: unknown; code?: unknown };
  if (type !== 'CredentialsSignin') return undefined;
  if (code === CHALLENGE) return { kind: 'challenge', by: 'mail' };
  if (typeof code === 'string' && code.startsWith(LIMITED)) {
    return { kind: 'refused', retryAfterMs: Number(code.slice(LIMITED.length)) * 1000 };
  }
  return { kind: 'refused' };
}

/** Whom Auth.js logs in; nobody, with a code that says why where there is more to say. */
function toUser(outcome: LoginOutcome) {
  if (outcome.kind === 'ok') return { id: outcome.userId, name: outcome.username, sid: outcome.sessionId };
  if (outcome.kind === 'challenge') throw new RefusedSignin(CHALLENGE);
  if (outcome.retryAfterMs === undefined) return null;
  throw new RefusedSignin(`${LIMITED}${Math.ceil(outcome.retryAfterMs / 1000)}`);
}

function makeConfig(): NextAuthConfig {
  return {
    secret: getAuthSecret(),
    basePath: '/api/auth',
    trustHost: true,
    useSecureCookies: isSecureOrigin(),
    // The session row decides when a login ends; the cookie only must not end before it.
    session: { strategy: 'jwt', maxAge: Math.max(LONGEST_COOKIE_SECONDS, getIdleSeconds()) },
    jwt: { encode, decode },
    pages: { signIn: '/login', signOut: '/settings', error: '/login' },
    providers: [
      Credentials({
        credentials: { identifier: {}, password: { type: 'password' } },
        async authorize(credentials, request) {
          return toUser(await checkLogin(credentials, readRequestOrigin(request.headers)));
        },
      }),
      Credentials({
        id: LINK_PROVIDER,
        credentials: { token: {} },
        async authorize({ token }, request) {
          const origin = readRequestOrigin(request.headers);
          return typeof token === 'string' ? toUser(await logInByLink(token, origin)) : null;
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
        if (typeof sid !== 'string' || !(await revokeSession(sid, undefined, 'logout'))) return;
        logSecurity('logout', 'ok', { userId: 'token' in message ? message.token?.sub : null });
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
