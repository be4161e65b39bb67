import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import * as v from 'valibot';
import { productNames } from '#lib/i18n/config.ts';
import {
  listenAddress,
  optional,
  orElse,
  origin,
  port,
  seconds,
  sender,
  wholeNumber,
} from '#lib/settings/checks.ts';
import { readEnvFile } from '#lib/settings/env-file.ts';
import { warnOfNames } from '#lib/settings/near-names.ts';
import { readSecretFiles, SECRET_NAMES } from '#lib/settings/secret-files.ts';
import { defineSingleton } from './singleton.ts';

const ENVIRONMENTS = ['development', 'production', 'test'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const text = (pattern: RegExp, message: string) => v.pipe(v.string(), v.regex(pattern, message));

const envSchema = v.object({
  NODE_ENV: v.optional(v.picklist(ENVIRONMENTS, `must be one of ${ENVIRONMENTS.join(', ')}`), 'development'),
  PORT: orElse(port, '3000'),
  HOST: orElse(listenAddress, '127.0.0.1'),
  APP_URL: optional(origin),
  AUTH_SECRET: optional(
    v.pipe(
      v.string(),
      v.minLength(32, 'must have at least 32 characters; make one with: openssl rand -base64 33'),
    ),
  ),
  DATABASE_URL: optional(
    text(/^postgres(ql)?:\/\//, 'must look like postgres://user:password@host:5432/database'),
  ),
  REDIS_URL: optional(text(/^rediss?:\/\//, 'must look like redis://host:6379')),
  DATA_DIR: orElse(
    // turbopackIgnore: a runtime path, not part of the bundle
    v.pipe(
      v.string(),
      v.transform((dir) => path.resolve(/* turbopackIgnore: true */ dir)),
    ),
    '.data',
  ),
  RESEND_API_KEY: optional(v.string()),
  RESEND_BASE_URL: optional(v.pipe(v.string(), v.url('must be an address such as https://api.resend.com'))),
  RESEND_WEBHOOK_SECRET: optional(
    text(/^(whsec_)?[A-Za-z0-9+/=]{16,}$/, 'must look like whsec_…, as Resend shows it'),
  ),
  REPLY_DOMAIN: optional(
    v.pipe(
      text(/^(?=.{4,190}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as reply.example.com'),
      v.toLowerCase(),
    ),
  ),
  REPLY_SMTP_PORT: optional(port),
  REPLY_SMTP_HOST: orElse(listenAddress, '0.0.0.0'),
  REPLY_TRUSTED_AUTHSERV: optional(
    text(/^[a-z0-9._-]+$/i, 'must be one name as it stands after Authentication-Results: in a mail'),
  ),
  REPLY_PROOF: orElse(v.picklist(['given', 'required'], 'must be given or required'), 'given'),
  REPLY_SMTP_CERT: optional(v.string()),
  REPLY_SMTP_KEY: optional(v.string()),
  EMAIL_FROM: optional(sender),
  SMTP_URL: optional(text(/^smtps?:\/\//, 'must look like smtp://user:password@host:587')),
  DEV_MAILBOX: optional(v.picklist(['local', 'public', 'off'], 'must be local, public or off')),
  SESSION_IDLE_SECONDS: orElse(seconds(1), '2592000'),
  EMAIL_WINDOW_SECONDS: orElse(seconds(), '60'),
  TRUST_PROXY: orElse(wholeNumber(0, 100), '0'),
  RATE_LIMITS: orElse(v.picklist(['on', 'off'], 'must be on or off'), 'on'),
  METRICS_TOKEN: optional(v.pipe(v.string(), v.minLength(16, 'must have at least 16 characters'))),
  /** Where the build is, which Next reads as well. */
  NEXT_DIST_DIR: orElse(v.string(), '.next'),
  LOG_LEVEL: orElse(v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), 'info'),
});

export type Env = v.InferOutput<typeof envSchema>;

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
  const secrets = readSecretFiles(source);
  const parsed = v.safeParse(envSchema, { ...source, ...secrets.values });
  const problems = (parsed.issues ?? []).map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
  if (!parsed.success || secrets.problems.length > 0) {
    throw new EnvError([...secrets.problems, ...problems].join('\n'));
  }
  if (parsed.output.DATABASE_URL && !parsed.output.AUTH_SECRET) {
    throw new EnvError(
      'AUTH_SECRET: is needed when DATABASE_URL is set (every node shares it); make one with: openssl rand -base64 33',
    );
  }
  if (parsed.output.REPLY_SMTP_PORT !== undefined && !parsed.output.REPLY_DOMAIN) {
    throw new EnvError('REPLY_SMTP_PORT: needs REPLY_DOMAIN, the domain that replies are sent to');
  }
  return parsed.output;
}

/** Names that are no settings of the server, but of what belongs to it: docker compose, the build, Node.js. */
const OTHER_NAMES = [
  'DOMAIN',
  'POSTGRES_PASSWORD',
  'REDIS_PASSWORD',
  'COMPOSE_PROJECT_NAME',
  'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
  'NEXT_TELEMETRY_DISABLED',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'TZ',
];

/** `.env` in the working directory; what the real environment sets stands. Read once. */
const envFileSingleton = defineSingleton('envWarnings', (): string[] => {
  const environment = Object.keys(process.env);
  const { values, warnings } = existsSync('.env') ? readEnvFile('.env') : { values: {}, warnings: [] };
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
  // Next reads this one itself.
  const { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key } = readSecretFiles(process.env).values;
  if (key) {
    process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = key;
    delete process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE;
  }
  const known = [
    ...Object.keys(envSchema.entries),
    ...SECRET_NAMES.map((name) => `${name}_FILE`),
    ...OTHER_NAMES,
  ];
  return [...warnings, ...warnOfNames({ file: Object.keys(values), environment }, known)];
});

/** What the person who wrote the settings should know although they can be used; a sentence each. */
export function getEnvWarnings(): string[] {
  return envFileSingleton.get();
}

export const envSingleton = defineSingleton('env', (): Env => {
  envFileSingleton.get();
  return parseEnv(process.env);
});

/** The settings of this process: `.env` in the working directory, overridden by the real environment. */
export function getEnv(): Env {
  return envSingleton.get();
}

/** Addresses that `localhost` leads to. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '0.0.0.0', '::'];

/** Where this machine's own browser finds the server, such as `http://localhost:3000`. */
function getLocalUrl({ HOST, PORT }: Env): string {
  if (LOCAL_HOSTS.includes(HOST)) return `http://localhost:${PORT}`;
  return `http://${isIP(HOST) === 6 ? `[${HOST}]` : HOST}:${PORT}`;
}

/** The public origin used in links, such as `https://chat.example.com` (never with a trailing slash). */
export function getAppUrl(env: Env = getEnv()): string {
  return env.APP_URL ?? getLocalUrl(env);
}

/** Which transport takes the mails away: Resend, else SMTP, else the developer mailbox. */
export function getTransportName(env: Env = getEnv()): 'resend' | 'smtp' | 'mailbox' {
  if (env.RESEND_API_KEY) return 'resend';
  return env.SMTP_URL ? 'smtp' : 'mailbox';
}

/** Who mails come from: EMAIL_FROM, else a name at the public host. */
export function getEmailFrom(env: Env = getEnv()): string {
  const { hostname } = new URL(getAppUrl(env));
  // An address is no domain of a mail.
  const domain = isIP(hostname.replace(/^\[|\]$/g, '')) ? 'localhost' : hostname;
  return env.EMAIL_FROM ?? `${productNames.en} <dandul@${domain}>`;
}

/** Every origin from which a browser may open a socket or submit an action. */
export function getAllowedOrigins(env: Env = getEnv()): string[] {
  if (env.APP_URL) return [env.APP_URL];
  const local = [`http://localhost:${env.PORT}`, `http://127.0.0.1:${env.PORT}`];
  return [...new Set([...local, new URL(getLocalUrl(env)).origin])];
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
