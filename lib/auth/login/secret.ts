import { getEnv } from '#lib/runtime/env.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';

const secretSingleton = defineSingleton<string>('authSecret');

/** Gives this process its session secret; `server.ts` calls it when AUTH_SECRET is unset. */
export function setAuthSecret(value: string): void {
  secretSingleton.set(value);
}

/**
 * The secret that signs session cookies: AUTH_SECRET, else the one kept in DATA_DIR.
 *
 * @throws when neither is there, so that no cookie is ever signed with a guessable value.
 */
export function getAuthSecret(): string {
  const secret = getEnv().AUTH_SECRET ?? secretSingleton.peek();
  if (!secret) throw new Error('No session secret: set AUTH_SECRET or start through server.ts.');
  return secret;
}
