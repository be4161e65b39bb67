import { unstable_rethrow } from 'next/navigation';
import { getLog } from '#lib/log.ts';
import type { FormState } from './form-state.ts';
import { readSigninRefusal, signIn } from './next-auth.ts';

/** Logs in and sets the session cookie; else what to show. */
export async function signInWithPassword(identifier: string, password: string): Promise<FormState | null> {
  try {
    await signIn('credentials', { identifier, password, redirect: false });
    return null;
  } catch (error) {
    unstable_rethrow(error);
    const refusal = readSigninRefusal(error);
    if (!refusal) {
      getLog().error({ err: error }, 'sign-in failed');
      return { formError: 'unavailable' };
    }
    if (refusal.retryAfterMs !== undefined) return { retryAfterMs: refusal.retryAfterMs };
    return { errors: { password: 'credentialsWrong' } };
  }
}
