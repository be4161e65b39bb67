import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { formatRetry } from '#components/auth/format-retry.ts';
import { LoginForm } from '#components/auth/login-form.tsx';
import { textLinkLook } from '#components/auth/look.ts';
import { Banner } from '#components/ui/banner.tsx';
import { readLoginStop } from '#lib/auth/login/next-auth.ts';
import { sanitizeNextPath, withNext } from '#lib/auth/login/next-path.ts';
import { isDesktop } from '#lib/auth/sessions/is-desktop.ts';
import { readEndedReason } from '#lib/auth/sessions/read-ended.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';
import { getT } from '#lib/i18n/server.ts';
import { logIn } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('auth'))('login.title') };
}

export default async function LoginPage({ searchParams }: Props) {
  const { next, callbackUrl, error, code, reset } = await searchParams;
  const nextPath = sanitizeNextPath(next ?? callbackUrl);
  await requireSignedOut(nextPath);
  const t = await getT('auth');
  const ended = await readEndedReason();
  /** Why a form that was posted directly to Auth.js came back here. */
  function explainStop(type: unknown, reason: unknown): string {
    const stop = readLoginStop({ type, code: reason });
    if (!stop) return t('errors.unavailable');
    if (stop.kind === 'challenge') return t('errors.proofNeeded');
    return stop.retryAfterMs ? formatRetry(t, stop.retryAfterMs) : t('errors.credentialsWrong');
  }
  return (
    <>
      <AuthHeading title={t('login.title')} lead={t('login.lead')} />
      {reset === 'done' ? (
        <Banner tone="success" className="mb-5">
          {t('login.resetDone')}
        </Banner>
      ) : (
        ended && (
          <Banner tone="info" className="mb-5">
            {t(`login.ended.${ended}`)}
          </Banner>
        )
      )}
      {error !== undefined && (
        <Banner tone="danger" className="mb-5">
          {explainStop(error, code)}
        </Banner>
      )}
      <LoginForm action={logIn} nextPath={nextPath} isFocused={await isDesktop()} />
      <p className="mt-6 flex flex-wrap items-center justify-center gap-x-2 border-t border-line pt-4 text-sm text-muted">
        {t('login.toSignup')}
        <a href={withNext('/signup', nextPath)} className={textLinkLook}>
          {t('signUp')}
        </a>
      </p>
    </>
  );
}
