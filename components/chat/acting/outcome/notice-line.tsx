'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Notice } from '#lib/chat-client/index.ts';

/** Says why a change of a message was refused; the text of an edit stands in the composer again. */
export function NoticeLine({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const t = useTranslations('chat.refused');
  const tCommon = useTranslations('common');
  return (
    <div className="w-full max-w-md animate-rise">
      <Banner
        tone="info"
        className="shadow-float"
        action={
          <Button variant="ghost" size="sm" onClick={onDismiss}>
            {tCommon('close')}
          </Button>
        }
      >
        {t(pickReason(notice))}
      </Banner>
    </div>
  );
}

function pickReason({ kind, code }: Notice) {
  switch (kind) {
    case 'edit':
      return code === 'conflict' || code === 'too_late' ? (`edit_${code}` as const) : kind;
    case 'react':
      return code === 'invalid' ? 'react_many' : 'react';
    case 'pin':
      return code === 'invalid' ? 'pin_many' : 'pin';
    case 'star':
    case 'hide':
      return code === 'invalid' ? 'marks_many' : kind;
    case 'clear':
    case 'delete':
    case 'undelete':
      return kind;
  }
}
