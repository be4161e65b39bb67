import type { Metadata } from 'next';
import { UnsubscribePanel } from '#components/mail/unsubscribe-panel.tsx';
import { readUnsubscribeState } from '#lib/email/preferences/unsubscribe.ts';
import { getT } from '#lib/i18n/server.ts';

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('email');
  // The address contains the token, so no other site may learn it.
  return { title: t('unsubscribeTitle'), referrer: 'no-referrer' };
}

export default async function UnsubscribePage({ searchParams }: Props) {
  const { token } = await searchParams;
  const t = await getT('email');
  const state = await readUnsubscribeState(token);
  if (state === 'invalid') {
    return (
      <UnsubscribePanel
        title={t('unsubscribeBadTitle')}
        text={t('unsubscribeBad')}
        settingsLabel={t('unsubscribeSettings')}
      />
    );
  }
  if (state === 'off') {
    return (
      <UnsubscribePanel
        title={t('unsubscribeDoneTitle')}
        text={t('unsubscribeDone')}
        settingsLabel={t('unsubscribeSettings')}
      />
    );
  }
  return (
    <UnsubscribePanel
      title={t('unsubscribeTitle')}
      text={t('unsubscribeAsk')}
      form={{
        action: `/api/unsubscribe?token=${encodeURIComponent(String(token))}`,
        label: t('unsubscribeButton'),
      }}
    />
  );
}
