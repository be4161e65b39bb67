import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { formatRetry } from '#components/auth/format-retry.ts';
import { LoginForm } from '#components/auth/login-form.tsx';
import { textLinkLook } from '#components/auth/look.ts';
import { Banner } from '#components/ui/banner.tsx';
import { readSigninRefusal } from '#lib/auth/next-auth.ts';
import { sanitizeNextPath, withNext } from '#lib/auth/next-path.ts';
import { requireGuest } from '#lib/auth/require-guest.ts';
import { getT } from '#lib/i18n/server.ts';
import { logIn } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('auth'))('login.title') };
}

export default async function LoginPage({ searchParams }: Props) {
  const { next, callbackUrl, error, code, reset } = await searchParams;
  const nextPath = sanitizeNextPath(next ?? callbackUrl);
  await requireGuest(nextPath);
  const t = await getT('auth');
  /** Why a form posted straight to Auth.js came back here. */
  function explainRefusal(type: unknown, reason: unknown): string {
    const refusal = readSigninRefusal({ type, code: reason });
    if (!refusal) return t('errors.unavailable');
    return refusal.retryAfterMs ? formatRetry(t, refusal.retryAfterMs) : t('errors.credentialsWrong');
  }
  return (
    <>
      <AuthHeading title={t('login.title')} lead={t('login.lead')} />
      {reset === 'done' && (
        <Banner tone="success" className="mb-5">
          {t('login.resetDone')}
        </Banner>
      )}
      {error !== undefined && (
        <Banner tone="danger" className="mb-5">
          {explainRefusal(error, code)}
        </Banner>
      )}
      <LoginForm action={logIn} nextPath={nextPath} />
      <p className="mt-6 flex flex-wrap items-center justify-center gap-x-2 border-t border-line pt-4 text-sm text-muted">
        {t('login.toSignup')}
        <a href={withNext('/signup', nextPath)} className={textLinkLook}>
          {t('signUp')}
        </a>
      </p>
    </>
  );
}
