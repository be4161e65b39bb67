'use client';

import { useTranslations } from 'use-intl';
import { BrokenArt } from './art/broken.tsx';
import { buttonStyle } from './button-style.ts';
import { EmptyState } from './empty-state.tsx';

type Props = { digest?: string; onRetry: () => void; className?: string };

/** What a person sees when a page failed: that it is passing, a way to retry and a way home. */
export function ErrorScreen({ digest, onRetry, className }: Props) {
  const t = useTranslations('common');
  return (
    <EmptyState
      level={1}
      art={<BrokenArt />}
      title={t('error.title')}
      className={className}
      action={
        <>
          {/* Plain: this is part of every page, and nothing here is ever pending. */}
          <button type="button" onClick={onRetry} className={buttonStyle('primary', 'md')}>
            {t('retry')}
          </button>
          {/* A full load: the client's own state may be what broke. */}
          <a href="/" className={buttonStyle('secondary', 'md')}>
            {t('goHome')}
          </a>
        </>
      }
    >
      <p>{t('error.body')}</p>
      {digest && (
        <p className="mt-3 text-sm tabular-nums">
          {t('error.reference')} {digest}
        </p>
      )}
    </EmptyState>
  );
}
