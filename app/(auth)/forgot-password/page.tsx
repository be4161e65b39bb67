import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { ForgotPasswordForm } from '#components/auth/forgot-password-form.tsx';
import { textLinkLook } from '#components/auth/look.ts';
import { HOME_PATH } from '#lib/auth/login/next-path.ts';
import { isDesktop } from '#lib/auth/sessions/is-desktop.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';
import { getT } from '#lib/i18n/server.ts';
import { requestReset } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('auth'))('forgotPassword.title') };
}

export default async function ForgotPasswordPage() {
  await requireSignedOut(HOME_PATH);
  const t = await getT('auth');
  return (
    <>
      <AuthHeading title={t('forgotPassword.title')} lead={t('forgotPassword.lead')} />
      <ForgotPasswordForm action={requestReset} isFocused={await isDesktop()} />
      <p className="mt-4 text-center">
        <a href="/login" className={textLinkLook}>
          {t('logIn')}
        </a>
      </p>
    </>
  );
}
