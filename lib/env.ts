import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { memo } from './memo.ts';

const blankToUndefined = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankToUndefined, schema.optional());
const seconds = (fallback: number) =>
  z.preprocess(blankToUndefined, z.coerce.number().int().min(0).default(fallback));

const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.preprocess(blankToUndefined, z.coerce.number().int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(blankToUndefined, z.string().default('127.0.0.1')),
  APP_URL: optional(
    z
      .url({
        protocol: /^https?$/,
        error: 'must be an http or https address such as https://chat.example.com',
      })
      .transform((value) => new URL(value).origin),
  ),
  AUTH_SECRET: optional(
    z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 33'),
  ),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, 'must look like postgres://user:password@host:5432/database'),
  ),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, 'must look like redis://host:6379')),
  DATA_DIR: z.preprocess(
    blankToUndefined,
    z
      .string()
      .default('.data')
      // turbopackIgnore: a runtime path, not part of the bundle
      .transform((dir) => path.resolve(/* turbopackIgnore: true */ dir)),
  ),
  RESEND_API_KEY: optional(z.string()),
  RESEND_BASE_URL: optional(z.url()),
  RESEND_WEBHOOK_SECRET: optional(
    z.string().regex(/^(whsec_)?[A-Za-z0-9+/=]{16,}$/, 'must look like whsec_…, as Resend shows it'),
  ),
  REPLY_DOMAIN: optional(
    z
      .string()
      .regex(/^(?=.{4,190}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as reply.example.com')
      .toLowerCase(),
  ),
  REPLY_SMTP_PORT: optional(z.coerce.number().int().min(0).max(65535)),
  REPLY_SMTP_HOST: z.preprocess(blankToUndefined, z.string().default('0.0.0.0')),
  REPLY_TRUSTED_AUTHSERV: optional(
    z
      .string()
      .regex(/^[a-z0-9._-]+$/i, 'must be one name as it stands after Authentication-Results: in a mail'),
  ),
  REPLY_PROOF: z.preprocess(
    blankToUndefined,
    z.enum(['given', 'required'], 'must be given or required').default('given'),
  ),
  REPLY_SMTP_CERT: optional(z.string()),
  REPLY_SMTP_KEY: optional(z.string()),
  EMAIL_FROM: optional(z.string()),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must look like smtp://user:password@host:587')),
  SESSION_IDLE_SECONDS: seconds(2_592_000).pipe(z.number().min(1)),
  EMAIL_WINDOW_SECONDS: seconds(60),
  TRUST_PROXY: seconds(0),
  RATE_LIMITS: z.preprocess(blankToUndefined, z.enum(['on', 'off']).default('on')),
  METRICS_TOKEN: optional(z.string().min(16, 'must have at least 16 characters')),
  LOG_LEVEL: z.preprocess(
    blankToUndefined,
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ),
});

export type Env = z.infer<typeof envSchema>;

/** Thrown for settings a person must mend; its message is one line a variable, with the remedy. */
export class EnvError extends Error {
  readonly code = 'ENV_INVALID';
}

/**
 * Reads and checks the environment.
 *
 * @throws EnvError naming each bad variable and what it must look like.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  if (parsed.data.DATABASE_URL && !parsed.data.AUTH_SECRET) {
    throw new EnvError(
      'AUTH_SECRET: is needed when DATABASE_URL is set (every node shares it); make one with: openssl rand -base64 33',
    );
  }
  if (parsed.data.REPLY_SMTP_PORT !== undefined && !parsed.data.REPLY_DOMAIN) {
    throw new EnvError('REPLY_SMTP_PORT: needs REPLY_DOMAIN, the domain that replies are sent to');
  }
  return parsed.data;
}

/** The settings of this process: `.env` in the working directory, overridden by the real environment. */
export function getEnv(): Env {
  return memo('env', () => {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return parseEnv(process.env);
  });
}

/** The public origin used in links, such as `https://chat.example.com` (never with a trailing slash). */
export function getAppUrl(env: Env = getEnv()): string {
  return env.APP_URL ?? `http://localhost:${env.PORT}`;
}

/** Who mails come from: EMAIL_FROM, else a name at the public host. */
export function getEmailFrom(env: Env = getEnv()): string {
  return env.EMAIL_FROM ?? `Dandul <dandul@${new URL(getAppUrl(env)).hostname}>`;
}

/** Every origin from which a browser may open a socket or submit an action. */
export function getAllowedOrigins(env: Env = getEnv()): string[] {
  return env.APP_URL ? [env.APP_URL] : [`http://localhost:${env.PORT}`, `http://127.0.0.1:${env.PORT}`];
}

/**
 * Whether a request's Host can be this server's own: the public name, localhost or an address. Only a
 * name of somebody else's can be made to lead here (DNS rebinding); an address cannot.
 */
export function isOwnHost(host: string | null | undefined, env: Env = getEnv()): boolean {
  const url = URL.parse(`http://${host ?? ''}`);
  if (!url) return false;
  const { hostname } = url;
  if (hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, ''))) return true;
  return hostname === new URL(getAppUrl(env)).hostname;
}

/** True when cookies carry the Secure flag, which follows the public origin's scheme. */
export function isSecureOrigin(env: Env = getEnv()): boolean {
  return getAppUrl(env).startsWith('https://');
}
