import type { Resend } from 'resend';
import { getEnv } from '#lib/runtime/env.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';

export const resendSingleton = defineSingleton('resend', () =>
  import('resend').then(({ Resend }) => {
    const { RESEND_API_KEY, RESEND_BASE_URL } = getEnv();
    // Signatures of webhooks are checked without a key; the constructor wants one all the same.
    return new Resend(RESEND_API_KEY ?? 'none', RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : undefined);
  }),
);

/** This process's client of Resend; it is loaded when first needed. */
export function getResend(): Promise<Resend> {
  return resendSingleton.get();
}
