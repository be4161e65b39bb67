import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { TokenForm } from '#components/auth/token-form.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { readChangeState } from '#lib/auth/accounts/change-email.ts';
import { readVerifyState } from '#lib/auth/accounts/verify-email.ts';
import { getT } from '#lib/i18n/server.ts';
import { confirmEmail } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  // The address contains a secret that no other site may learn.
  return { title: (await getT('auth'))('verifyEmail.title'), referrer: 'same-origin' };
}

export default async function VerifyEmailPage({ searchParams }: Props) {
  const { token, change } = await searchParams;
  const t = await getT('auth');
  const name = typeof change === 'string' ? 'change' : 'token';
  const secret = name === 'change' ? change : token;
  const readState = name === 'change' ? readChangeState : readVerifyState;
  const state = typeof secret === 'string' ? await readState(secret) : 'unusable';
  if (typeof secret === 'string' && state === 'usable') {
    const isChange = name === 'change';
    const lead = t(isChange ? 'verifyEmail.leadChange' : 'verifyEmail.lead');
    const label = t(isChange ? 'verifyEmail.submitChange' : 'verifyEmail.submit');
    return (
      <>
        <AuthHeading title={t('verifyEmail.title')} lead={lead} />
        <TokenForm action={confirmEmail} name={name} token={secret} label={label} />
      </>
    );
  }
  const isDone = state === 'done';
  return (
    <>
      <AuthHeading title={t('verifyEmail.title')} />
      <Banner tone={isDone ? 'success' : 'warning'}>
        {t(isDone ? 'verifyEmail.done' : 'verifyEmail.unusable')}
      </Banner>
      <LinkButton href={isDone ? '/chat' : '/settings/account'} className="mt-5 w-full">
        {t(isDone ? 'verifyEmail.toChat' : 'verifyEmail.toSettings')}
      </LinkButton>
    </>
  );
}
