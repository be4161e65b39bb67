'use client';

import { useTranslations } from 'use-intl';
import { BackLink } from '#components/chat/frame/back-link.tsx';
import { BrokenArt } from '#components/ui/art/broken.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** A conversation that failed; the list beside it keeps working. */
export default function ConversationError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('common');
  return (
    <>
      <div className="p-1">
        <BackLink className="md:hidden" />
      </div>
      <EmptyState
        art={<BrokenArt />}
        title={t('error.title')}
        level={1}
        action={<Button onClick={reset}>{t('retry')}</Button>}
        className="flex-1"
      >
        {t('error.body')}
      </EmptyState>
    </>
  );
}
