import type { IConfiguration, IRegularForbiddenRuleType as Rule } from 'dependency-cruiser';

/** The parts of lib, each with the files that are it. `runtime` is what every process needs, without a domain. */
export const PARTS = {
  text: '^lib/text/',
  i18n: '^lib/i18n/(?!server[.]ts)',
  runtime: '^lib/(runtime/|operations/|settings/|[^/]+[.]ts$)',
  auth: '^lib/auth/',
  actions: '^lib/actions/',
  chat: '^lib/chat/',
  search: '^lib/search/',
  jobs: '^lib/jobs/',
  email: '^lib/email/',
  notifications: '^lib/notifications/',
  realtime: '^lib/realtime/',
  lifecycle: '^lib/lifecycle/',
  'chat-client': '^lib/chat-client/',
  'request-locale': '^lib/i18n/server[.]ts',
} as const;
export type Part = keyof typeof PARTS;

const BASE = ['text', 'i18n', 'runtime'] as const;
const DOMAIN = [...BASE, 'auth', 'chat', 'search'] as const;

/** What each part may import besides itself; arrows run down this list's order and never up. */
const MAY_IMPORT: Record<Part, readonly Part[]> = {
  text: [],
  i18n: [],
  runtime: ['text', 'i18n'],
  auth: BASE,
  // The wrappers of server actions: for pages only.
  actions: [...BASE, 'auth', 'chat'],
  chat: [...BASE, 'auth'],
  search: [...BASE, 'auth', 'chat'],
  jobs: DOMAIN,
  email: [...DOMAIN, 'jobs'],
  notifications: [...DOMAIN, 'jobs', 'email'],
  realtime: DOMAIN,
  // Connects the parts at a start, so it knows them all.
  lifecycle: [...DOMAIN, 'jobs', 'email', 'notifications', 'realtime'],
  // The browser's side: tests/unit/boundaries.test.ts sees that nothing of the server comes with it.
  'chat-client': [...DOMAIN, 'realtime'],
  // The language of a request, which is its person's: for pages only.
  'request-locale': [...BASE, 'auth'],
};

const partRules = Object.entries(MAY_IMPORT).map(
  ([part, others]): Rule => ({
    name: `lib-${part}`,
    comment: `${part} may import ${others.join(', ') || 'no other part of lib'}`,
    severity: 'error',
    from: { path: PARTS[part as Part] },
    to: { path: '^lib/', pathNot: [part as Part, ...others].map((name) => PARTS[name]) },
  }),
);

/** Modules of plain values, free of the server, that the database shares with their owners and with pages. */
const SHARED_CONSTANTS = 'i18n/config|time-zone|chat/sizes|email/preferences/choices';

const forbid = (name: string, from: Rule['from'], to: Rule['to']): Rule => ({
  name,
  severity: 'error',
  from,
  to,
});

/** Which way imports run. tests/unit/boundaries.test.ts holds the code to it, `npm run boundaries` draws it. */
const config: IConfiguration = {
  forbidden: [
    ...partRules,
    forbid('lib-unknown-part', { path: '^lib/', pathNot: Object.values(PARTS) }, {}),
    forbid('app', { path: '^app/' }, { path: '^db/' }),
    forbid('components', { path: '^components/' }, { path: '^(app|db)/' }),
    forbid('lib', { path: '^lib/' }, { path: '^(app|components)/' }),
    forbid(
      'db',
      { path: '^db/' },
      {
        path: '^(app|components|lib)/',
        pathNot: `^lib/(runtime/(env|log|singleton|redis)|text/.+|${SHARED_CONSTANTS})[.]ts$`,
      },
    ),
    forbid(
      'product-without-tools',
      { path: '^(app|components|lib|db)/|^(server|proxy)[.]ts$' },
      { path: '^(tests|e2e|bench|scripts)/' },
    ),
    forbid('one-door-to-the-queue', { pathNot: '^lib/jobs/' }, { path: '^node_modules/pg-boss/' }),
    forbid(
      'one-door-to-sockets',
      { pathNot: '^lib/realtime/' },
      { path: '^node_modules/(socket[.]io|socket[.]io-adapter|@socket[.]io/redis-adapter)/' },
    ),
    forbid('no-cycle', {}, { circular: true }),
    forbid('no-broken-import', {}, { couldNotResolve: true }),
  ],
  options: {
    // TypeScript 7 has no interface of the kind that the cruiser reads sources with.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};

export default config;
