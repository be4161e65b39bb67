'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import type { ErrorCode } from '#lib/chat/types.ts';

type Props = {
  errorCode: ErrorCode | undefined;
  isForward: boolean;
  onRetry: () => void;
  onDiscard: () => void;
};

/** Why a message was not sent, and the two ways on. */
export function FailedNote({ errorCode, isForward, onRetry, onDiscard }: Props) {
  const t = useTranslations('chat.failed');
  const reason = errorCode === 'blocked' || errorCode === 'too_long' ? errorCode : 'other';
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-1 select-none">
      <p className="text-sm text-danger break-keep">
        {t(isForward && errorCode === 'not_found' ? 'forwardGone' : reason)}
      </p>
      <div className="flex">
        <Button variant="ghost" size="sm" onClick={onRetry}>
          {t('retry')}
        </Button>
        <Button variant="ghost" size="sm" onClick={onDiscard}>
          {t('discard')}
        </Button>
      </div>
    </div>
  );
}
