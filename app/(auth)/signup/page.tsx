import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { textLinkLook } from '#components/auth/look.ts';
import { SignupForm } from '#components/auth/signup-form.tsx';
import { sanitizeNextPath, withNext } from '#lib/auth/login/next-path.ts';
import { isDesktop } from '#lib/auth/sessions/is-desktop.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';
import { getT } from '#lib/i18n/server.ts';
import { createAccount } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('auth'))('signup.title') };
}

export default async function SignupPage({ searchParams }: Props) {
  const nextPath = sanitizeNextPath((await searchParams).next);
  await requireSignedOut(nextPath);
  const t = await getT('auth');
  return (
    <>
      <AuthHeading title={t('signup.title')} lead={t('signup.lead')} />
      <SignupForm action={createAccount} nextPath={nextPath} isFocused={await isDesktop()} />
      <p className="mt-6 flex flex-wrap items-center justify-center gap-x-2 border-t border-line pt-4 text-sm text-muted">
        {t('signup.toLogin')}
        <a href={withNext('/login', nextPath)} className={textLinkLook}>
          {t('logIn')}
        </a>
      </p>
    </>
  );
}
