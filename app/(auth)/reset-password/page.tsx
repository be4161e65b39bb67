import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { ResetPasswordForm } from '#components/auth/reset-password-form.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { isResetUsable } from '#lib/auth/accounts/reset-password.ts';
import { isDesktop } from '#lib/auth/sessions/is-desktop.ts';
import { getT } from '#lib/i18n/server.ts';
import { chooseNewPassword } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  // The address contains a secret that no other site may learn.
  return { title: (await getT('auth'))('resetPassword.title'), referrer: 'same-origin' };
}

export default async function ResetPasswordPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const t = await getT('auth');
  if (typeof token !== 'string' || !(await isResetUsable(token))) {
    return (
      <>
        <AuthHeading title={t('resetPassword.title')} />
        <Banner tone="warning">{t('resetPassword.unusable')}</Banner>
        <LinkButton href="/forgot-password" className="mt-5 w-full">
          {t('resetPassword.again')}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('resetPassword.title')} lead={t('resetPassword.lead')} />
      <ResetPasswordForm action={chooseNewPassword} token={token} isFocused={await isDesktop()} />
    </>
  );
}
