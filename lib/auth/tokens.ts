import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { insertToken } from '#db/queries/tokens.ts';

export type TokenPurpose = 'verify' | 'reset' | 'change' | 'login';

const DAY_SECONDS = 24 * 60 * 60;

/** What confirms an address waits for whoever reads mail once a day; a link that opens the account is short. */
const LIFE_SECONDS: Record<TokenPurpose, number> = {
  verify: DAY_SECONDS,
  change: DAY_SECONDS,
  reset: 30 * 60,
  login: 30 * 60,
};

/** What the database keeps of a token: its SHA-256, so that a copy of the table opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Makes a single-use secret of 256 bits for a link to this person's address. */
export async function issueToken(
  purpose: TokenPurpose,
  userId: string,
  email: string,
  tx?: Tx,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const lifeSeconds = LIFE_SECONDS[purpose];
  await insertToken({ hash: hashToken(token), purpose, userId, email, lifeSeconds }, tx);
  return token;
}
