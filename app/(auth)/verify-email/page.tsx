import type { Metadata } from 'next';
import { AuthHeading } from '#components/auth/auth-heading.tsx';
import { VerifyEmailForm } from '#components/auth/verify-email-form.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { readChangeState } from '#lib/auth/change-email.ts';
import { readVerifyState } from '#lib/auth/verify-email.ts';
import { getT } from '#lib/i18n/server.ts';
import { confirmEmail } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  // The address holds a secret: no other site learns it from a link.
  return { title: (await getT('auth'))('verifyEmail.title'), referrer: 'no-referrer' };
}

export default async function VerifyEmailPage({ searchParams }: Props) {
  const { token, change } = await searchParams;
  const t = await getT('auth');
  const name = typeof change === 'string' ? 'change' : 'token';
  const secret = name === 'change' ? change : token;
  const readState = name === 'change' ? readChangeState : readVerifyState;
  const state = typeof secret === 'string' ? await readState(secret) : 'unusable';
  if (typeof secret === 'string' && state === 'usable') {
    const lead = t(name === 'change' ? 'verifyEmail.leadChange' : 'verifyEmail.lead');
    return (
      <>
        <AuthHeading title={t('verifyEmail.title')} lead={lead} />
        <VerifyEmailForm action={confirmEmail} name={name} token={secret} />
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
      <LinkButton href={isDone ? '/chat' : '/settings'} className="mt-5 w-full">
        {t(isDone ? 'verifyEmail.toChat' : 'verifyEmail.toSettings')}
      </LinkButton>
    </>
  );
}
