import { getDb } from '#db/client.ts';
import { revokeSessionRows } from '#db/queries/sessions.ts';
import { voidAllTokens } from '#db/queries/tokens.ts';
import { updatePersonState } from '#db/queries/users.ts';
import { tellSessionsEnded } from '../events.ts';
import { logSecurity } from '../log-security.ts';
import { isShutOut, type PersonState } from './person-state.ts';

/**
 * Changes where a person stands. Whoever is shut out loses every session, with its open sockets, and every mailed
 * link in the same transaction: a send looks at its session row alone (docs/decisions/022-people-have-a-state.md).
 *
 * @returns false when there is no such person, or they stand so already.
 */
export async function changePersonState(
  userId: string,
  state: Exclude<PersonState, 'guest'>,
): Promise<boolean> {
  const ended = await getDb().transaction(async (tx) => {
    if (!(await updatePersonState(userId, state, tx))) return undefined;
    if (!isShutOut(state)) return [];
    await voidAllTokens(userId, tx);
    return revokeSessionRows(userId, null, undefined, tx);
  });
  if (!ended) return false;
  logSecurity('account:state', 'ok', { userId });
  tellSessionsEnded(ended);
  return true;
}
