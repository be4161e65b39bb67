'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Name } from '../name.tsx';

type Props = {
  /** The partner in the conversation that is asked about; null while none is. */
  name: string | null;
  onCancel: () => void;
  onConfirm: () => void;
};

/** Asks before a conversation is deleted for the viewer, and says what that does. */
export function ClearDialog({ name, onCancel, onConfirm }: Props) {
  const t = useTranslations('chat.clear');
  const tCommon = useTranslations('common');
  return (
    <Dialog
      role="alertdialog"
      open={name !== null}
      onOpenChange={onCancel}
      title={t('title')}
      description={t.rich('body', { name: () => <Name>{name ?? ''}</Name> })}
      footer={
        <>
          <Button variant="secondary" onClick={onCancel}>
            {tCommon('cancel')}
          </Button>
          <Button variant="danger" onClick={onConfirm}>
            {t('confirm')}
          </Button>
        </>
      }
    />
  );
}
