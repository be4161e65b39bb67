import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { TokenForm } from '#components/auth/token-form.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { isLoginLinkUsable } from '#lib/auth/login/login-link.ts';
import { HOME_PATH } from '#lib/auth/login/next-path.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';
import { getT } from '#lib/i18n/server.ts';
import { confirmLogin } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  // The address contains a secret that no other site may learn.
  return { title: (await getT('auth'))('confirmLogin.title'), referrer: 'same-origin' };
}

export default async function ConfirmLoginPage({ searchParams }: Props) {
  await requireSignedOut(HOME_PATH);
  const { token } = await searchParams;
  const t = await getT('auth');
  if (typeof token !== 'string' || !(await isLoginLinkUsable(token))) {
    return (
      <>
        <AuthHeading title={t('confirmLogin.title')} />
        <Banner tone="warning">{t('confirmLogin.unusable')}</Banner>
        <LinkButton href="/login" className="mt-5 w-full">
          {t('logIn')}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('confirmLogin.title')} lead={t('confirmLogin.lead')} />
      <TokenForm action={confirmLogin} name="token" token={token} label={t('logIn')} />
    </>
  );
}
