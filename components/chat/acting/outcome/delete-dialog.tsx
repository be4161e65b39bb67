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

/** Asks for whom messages are deleted, and says when the text of one has left by mail already. */
export function DeleteDialog({ conversationId, readDetails, deletion }: Props) {
  const t = useTranslations('chat.delete');
  const { asked, cancel, deleteFor } = deletion;
  const canBoth = asked?.canBoth ?? false;
  const count = asked?.seqs.length ?? 0;
  const tCommon = useTranslations('common');
  const format = useFormatter();
  const { dayOf } = useTimes();
  const say = (at: string) => {
    const isToday = dayOf(at) === dayOf(new Date().toISOString());
    return format.dateTime(new Date(at), { timeStyle: 'short', ...(!isToday && { dateStyle: 'medium' }) });
  };
  const mailedAt = useMailedAt(
    conversationId,
    canBoth && count === 1 ? (asked?.seqs[0] ?? null) : null,
    readDetails,
  );
  const bodyForBoth = count > 1 ? 'bodyMany' : 'body';
  return (
    <Dialog
      role="alertdialog"
      open={asked !== null}
      onOpenChange={cancel}
      title={count > 1 ? t('titleMany', { count }) : t('title')}
      description={t(canBoth ? bodyForBoth : 'bodyMe')}
      footer={
        <>
          <Button variant="secondary" onClick={cancel}>
            {tCommon('cancel')}
          </Button>
          <Button variant={canBoth ? 'secondary' : 'danger'} onClick={() => deleteFor('me')}>
            {t('me')}
          </Button>
          {canBoth && (
            <Button variant="danger" onClick={() => deleteFor('both')}>
              {t('both')}
            </Button>
          )}
        </>
      }
    >
      {asked?.isMixed && <p className="text-sm text-muted break-keep">{t('mixed')}</p>}
      {canBoth && count > 1 && <p className="text-sm text-muted break-keep">{t('mailedMany')}</p>}
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
