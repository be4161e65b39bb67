import { unstable_rethrow } from 'next/navigation';
import { getLog } from '#lib/runtime/log.ts';
import { err, ok, type Result } from '#lib/runtime/result.ts';
import { type FormFault, refuseFields } from '../forms/form-state.ts';
import { LINK_PROVIDER, readLoginStop, signIn } from './next-auth.ts';

/** Logs in and sets the session cookie, or says why not. */
export async function signInWithPassword(
  identifier: string,
  password: string,
): Promise<Result<undefined, FormFault>> {
  try {
    await signIn('credentials', { identifier, password, redirect: false });
    return ok(undefined);
  } catch (error) {
    unstable_rethrow(error);
    const stop = readLoginStop(error);
    if (!stop) {
      getLog().error({ err: error }, 'sign-in failed');
      return err({ code: 'unavailable' });
    }
    if (stop.kind === 'challenge') return err({ code: 'proofNeeded' });
    if (stop.retryAfterMs !== undefined) {
      return err({ code: 'rate_limited', retryAfterMs: stop.retryAfterMs });
    }
    return refuseFields({ password: 'credentialsWrong' });
  }
}

/** Logs in by a mailed link and sets the session cookie; false when the link is not usable. */
export async function signInWithLink(token: string): Promise<boolean> {
  try {
    await signIn(LINK_PROVIDER, { token, redirect: false });
    return true;
  } catch (error) {
    unstable_rethrow(error);
    if (readLoginStop(error)) return false;
    throw error;
  }
}
