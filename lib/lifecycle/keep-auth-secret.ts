import { existsSync } from 'node:fs';
import path from 'node:path';
import { keepSecret } from '#db/kept-secret.ts';
import { setAuthSecret } from '#lib/auth/login/secret.ts';
import { getLog } from '#lib/runtime/log.ts';

const LOSS = 'everybody logs in again, and links in mails already sent end';

/**
 * Gives this process the session secret kept in DATA_DIR.
 *
 * @throws StartError when it is damaged: only its operator may end every login (decision 014).
 */
export function keepAuthSecret(dataDir: string): void {
  const file = path.join(dataDir, 'auth-secret');
  const isLost = !existsSync(file) && existsSync(path.join(dataDir, 'postgres'));
  setAuthSecret(keepSecret(file, LOSS));
  if (isLost) getLog().warn(`${file} was not there and is made anew: ${LOSS}`);
}
