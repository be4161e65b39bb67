'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { useHydrated } from './use-hydrated.ts';

/** Why an action did not run: no connection, or the server is of another build than this page. */
export type Loss = 'unreachable' | 'outdated';

/** What an action failed with; redirects and the like go on their way. */
export function readLoss(error: unknown): Loss {
  unstable_rethrow(error);
  return unstable_isUnrecognizedActionError(error) ? 'outdated' : 'unreachable';
}

/**
 * An action for `useActionState` whose failure to reach the server becomes a state instead of the
 * error page. Before scripts run it is the server's own, which the form can post to.
 */
export function useGuardedAction<State>(
  action: (state: Awaited<State>, form: FormData) => Promise<State>,
  toState: (loss: Loss, form: FormData) => State,
) {
  const isHydrated = useHydrated();
  if (!isHydrated) return action;
  return async (state: Awaited<State>, form: FormData) => {
    try {
      return await action(state, form);
    } catch (error) {
      return toState(readLoss(error), form);
    }
  };
}
