'use client';

import { useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { ConversationActions } from '../../conversation/conversation-actions.ts';
import { useTimes } from '../../use-times.ts';
import type { Deletion } from './use-deletion.ts';

type Props = {
  conversationId: string;
  readDetails: ConversationActions['readDetails'];
  deletion: Deletion;
};

/** Asks before a message is deleted for both, and says when its text has left by mail already. */
export function DeleteDialog({ conversationId, readDetails, deletion }: Props) {
  const t = useTranslations('chat.delete');
  const { askedSeq: seq, cancel, confirm } = deletion;
  const tCommon = useTranslations('common');
  const format = useFormatter();
  const { dayOf } = useTimes();
  const say = (at: string) => {
    const isToday = dayOf(at) === dayOf(new Date().toISOString());
    return format.dateTime(new Date(at), { timeStyle: 'short', ...(!isToday && { dateStyle: 'medium' }) });
  };
  const mailedAt = useMailedAt(conversationId, seq, readDetails);
  return (
    <Dialog
      role="alertdialog"
      open={seq !== null}
      onOpenChange={cancel}
      title={t('title')}
      description={t('body')}
      footer={
        <>
          <Button variant="secondary" onClick={cancel}>
            {tCommon('cancel')}
          </Button>
          <Button variant="danger" onClick={confirm}>
            {t('both')}
          </Button>
        </>
      }
    >
      {mailedAt && <Banner tone="warning">{t('mailed', { time: say(mailedAt) })}</Banner>}
    </Dialog>
  );
}

/** When the text of a message was mailed, once the server has told; null also for one that was not. */
function useMailedAt(
  conversationId: string,
  seq: number | null,
  readDetails: ConversationActions['readDetails'],
): string | null {
  const [told, setTold] = useState<{ seq: number; at: string } | null>(null);
  useEffect(() => {
    if (seq === null) return;
    let isLate = false;
    readDetails({ conversationId, seq }).then(
      (answer) => {
        const at = answer.ok && answer.value.details.mail?.sentAt;
        if (at && !isLate) setTold({ seq, at });
      },
      // Without a connection nothing is known of mails, and the deletion waits for one anyway.
      () => {},
    );
    return () => {
      isLate = true;
    };
  }, [conversationId, seq, readDetails]);
  return told?.seq === seq ? told.at : null;
}
