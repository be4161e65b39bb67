import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { defineSingleton } from '#lib/runtime/singleton.ts';

/** argon2id at OWASP's first choice: 19 MiB, 2 passes, 1 lane; about 8 ms on one core. Algorithm 2 is argon2id (a const enum cannot be imported). */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes at once. They run in libuv's pool of four threads, which file reads and name look-ups share:
 * never more than three, nor more than there are cores; the others wait in line.
 */
const MAX_AT_ONCE = Math.max(1, Math.min(3, availableParallelism()));

const turnsSingleton = defineSingleton('passwordTurns', () => pLimit(MAX_AT_ONCE));
const inTurn = <T>(work: () => Promise<T>): Promise<T> => turnsSingleton.get()(work);

/** One password, however its keyboard composed the characters (NIST SP 800-63B, 3.1.1.2). */
const normalizePassword = (password: string) => password.normalize('NFKC');

/** Hashes a password for storage, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalizePassword(password), ARGON2));
}

/** A hash that no password opens in practice; made once, so that checking it costs what a real one does. */
const dummyHashSingleton = defineSingleton('dummyHash', () => hashPassword(crypto.randomUUID()));

/** True when the password opens the hash. Takes the same time for a person who does not exist (null). */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  const dummyHash = await dummyHashSingleton.get();
  const isRight = await inTurn(() => verify(storedHash ?? dummyHash, normalizePassword(password)));
  return isRight && storedHash !== null;
}
