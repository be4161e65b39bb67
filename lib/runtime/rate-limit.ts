import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible';
import { getEnv } from './env.ts';
import { getRedis } from './redis.ts';
import { defineSingleton } from './singleton.ts';

const MINUTE = 60;

/**
 * How often, per key and per `seconds`. Limits that guard secrets are tight; those on a person's own
 * doings only stop a runaway client, far above what hands can do.
 */
export const LIMITS = {
  /** Per account and address, or per account and browser that it knows: room for a forgotten password, none for guessing. Success refunds. */
  login: { points: 10, seconds: 15 * MINUTE },
  /**
   * Wrong tries at one account from everywhere, browsers that it knows aside: NIST SP 800-63B (5.2.2) allows a
   * hundred. Past it a login is proven by mail, so nobody can lock the owner out.
   */
  loginAccount: { points: 50, seconds: 24 * 60 * MINUTE },
  /** Login links mailed to one person. */
  loginLink: { points: 3, seconds: 60 * MINUTE },
  /** Per address over all accounts: a whole office may mistype behind one address. Success refunds. */
  loginIp: { points: 100, seconds: 15 * MINUTE },
  /** Per address: sign-up names taken usernames and addresses, so it may not be asked without end. */
  signup: { points: 60, seconds: 60 * MINUTE },
  /** Reset mails asked for from one address. */
  resetIp: { points: 20, seconds: 60 * MINUTE },
  /** Links to confirm, change or reset, all together, to one mailbox: nobody's inbox is flooded by a stranger. */
  mailTarget: { points: 5, seconds: 60 * MINUTE },
  /** Tries with a reset or verify link from one address; the tokens have 256 bits anyway. */
  tokenIp: { points: 60, seconds: 15 * MINUTE },
  /** Verification mails a person asks for again. */
  verifyResend: { points: 5, seconds: 60 * MINUTE },
  /** Replies by e-mail of one person. */
  reply: { points: 30, seconds: 5 * MINUTE },
  /** Answers to replies that were not taken: to one address, and about one person's reply addresses. */
  replyRefusal: { points: 3, seconds: 60 * MINUTE },
  /** Notes that a reply's files were not passed on: whoever knows it needs no second one. */
  replyNote: { points: 1, seconds: 60 * MINUTE },
  /** A person who asks to change their address: each sends a mail to a mailbox that may be a stranger's. */
  emailChange: { points: 5, seconds: 60 * MINUTE },
  /** A signed-in person who types their current password. */
  passwordChange: { points: 10, seconds: 15 * MINUTE },
  /** As-you-type people search. */
  peopleSearch: { points: 60, seconds: MINUTE },
  messageSearch: { points: 60, seconds: MINUTE },
  /** Looks at one's own starred messages, a page at a time. */
  starred: { points: 60, seconds: MINUTE },
  startConversation: { points: 30, seconds: MINUTE },
  /** People whom a person writes to for the first time: a class on one day, not a list of addresses. */
  newPartner: { points: 50, seconds: 24 * 60 * MINUTE },
  /** Looks at how far a message has come. */
  messageDetails: { points: 60, seconds: MINUTE },
  /** Blocking and muting, and their ends. */
  block: { points: 30, seconds: MINUTE },
  /** Five a second on average, and a hundred unsent ones may go at once after a tunnel. */
  send: { points: 100, seconds: 20 },
  /** Changes of messages that were sent: a hundred that are selected and deleted go at once, and so does their undo. */
  change: { points: 200, seconds: 20 },
  /** Clients tell at most one every few seconds in each conversation. */
  typing: { points: 40, seconds: 20 },
  /** Every other socket event: cursors, history, sync. */
  socketEvent: { points: 300, seconds: 20 },
  /** New connections of one person: tabs, devices and reconnects after a restart. */
  connect: { points: 60, seconds: MINUTE },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type LimitName = keyof typeof LIMITS;
export type LimitResult = { ok: true } | { ok: false; retryAfterMs: number };

/** Redis answers within a millisecond or so; after this many the local limiter decides. */
const REDIS_TIMEOUT_MS = 500;

function makeLimiter(name: LimitName): RateLimiterAbstract {
  const { points, seconds } = LIMITS[name];
  const options = { keyPrefix: `dandul:limit:${name}`, points, duration: seconds };
  const local = new RateLimiterMemory(options);
  const redis = getRedis();
  if (!redis) return local;
  return new RLWrapperTimeouts({
    limiter: new RateLimiterRedis({
      ...options,
      storeClient: redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      insuranceLimiter: local,
    }),
    timeoutMs: REDIS_TIMEOUT_MS,
  });
}

/** A key is kept for as long as its limit counts, so what a stranger typed may not make it long. */
const MAX_KEY_LENGTH = 100;
const shorten = (key: string) =>
  key.length > MAX_KEY_LENGTH ? createHash('sha256').update(key).digest('base64url') : key;

const limitersSingleton = defineSingleton('limiters', () => new Map<LimitName, RateLimiterAbstract>());

function getLimiter(name: LimitName): RateLimiterAbstract {
  const limiters = limitersSingleton.get();
  const limiter = limiters.get(name) ?? makeLimiter(name);
  limiters.set(name, limiter);
  return limiter;
}

/**
 * Takes one point from `key`'s allowance under a limit. Counted in Redis when configured (in this
 * process while Redis is away), else in this process. With RATE_LIMITS=off everything passes.
 */
export async function consumeLimit(name: LimitName, key: string): Promise<LimitResult> {
  if (getEnv().RATE_LIMITS === 'off') return { ok: true };
  try {
    await getLimiter(name).consume(shorten(key));
    return { ok: true };
  } catch (refusal) {
    const retryAfterMs = (refusal as { msBeforeNext?: unknown } | null)?.msBeforeNext;
    if (typeof retryAfterMs === 'number') return { ok: false, retryAfterMs: Math.max(retryAfterMs, 1) };
    throw refusal;
  }
}

/** Takes a point under each limit in turn; the first that refuses decides, and those after it are not asked. */
export async function consumeLimits(limits: [name: LimitName, key: string][]): Promise<LimitResult> {
  for (const [name, key] of limits) {
    const result = await consumeLimit(name, key);
    if (!result.ok) return result;
  }
  return { ok: true };
}

/** Gives the point back that `consumeLimit` took: what it guarded turned out to be rightful. */
export async function refundLimit(name: LimitName, key: string): Promise<void> {
  if (getEnv().RATE_LIMITS === 'off') return;
  await getLimiter(name).reward(shorten(key));
}

/** Forgets what `key` has used. */
export async function resetLimit(name: LimitName, key: string): Promise<void> {
  if (getEnv().RATE_LIMITS === 'off') return;
  await getLimiter(name).delete(shorten(key));
}

/**
 * The address that a request comes from. `X-Forwarded-For` counts only as far as our own proxies
 * wrote it: with TRUST_PROXY=n the n-th entry from the right, where the socket's own address stands
 * rightmost. Null when unknown.
 */
export function getClientIp(
  forwardedFor: string | null | undefined,
  remoteAddress: string | null | undefined,
  trustedProxies: number = getEnv().TRUST_PROXY,
): string | null {
  const hops = trustedProxies > 0 ? (forwardedFor ?? '').split(',').map((hop) => hop.trim()) : [];
  const chain = [...hops, remoteAddress ?? ''].filter((hop) => hop !== '');
  const ip = chain[Math.max(0, chain.length - 1 - trustedProxies)];
  return ip === undefined ? null : cleanIp(ip);
}

/** An address alone, as a proxy may write it with a port, in brackets or as IPv4 within IPv6. */
export function cleanIp(text: string): string {
  const ip = text.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(ip) ? ipaddr.process(ip.replace(/%.*$/, '')).toString() : text;
}

/** What one household or host is given of IPv6 addresses (bits): RFC 6177. */
const IPV6_PREFIX = 64;

/** An address as limits count it: IPv6 by its /64. */
export function getIpKey(ip: string | null): string {
  if (!ip) return 'unknown';
  const clean = cleanIp(ip);
  if (!ipaddr.IPv6.isValid(clean)) return clean;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${clean}/${IPV6_PREFIX}`)}/${IPV6_PREFIX}`;
}
