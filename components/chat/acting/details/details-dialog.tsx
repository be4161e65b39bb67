'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { ConversationActions } from '../../conversation/conversation-actions.ts';
import { EarlierTexts } from './earlier-texts.tsx';
import { MessageSteps } from './message-steps.tsx';
import { useMessageDetails } from './use-message-details.ts';

type Props = {
  conversationId: string;
  /** The message that is looked at; null while none is. */
  item: TimelineItem | null;
  readDetails: ConversationActions['readDetails'];
  onClose: () => void;
};

/** How far a message has come, and what it said before it was edited. */
export function DetailsDialog({ conversationId, item, readDetails, onClose }: Props) {
  const t = useTranslations('chat.details');
  const tCommon = useTranslations('common');
  const view = useMessageDetails(conversationId, item?.seq ?? null, readDetails);
  return (
    <Dialog open={view !== null} onOpenChange={(isOpen) => !isOpen && onClose()} title={t('title')}>
      {view?.details && item && (
        <>
          <MessageSteps details={view.details} isMine={item.isMine} />
          <EarlierTexts details={view.details} />
        </>
      )}
      {view?.hasFailed && (
        <div className="flex flex-col items-start gap-3" role="alert">
          <p className="text-body">{t('failed')}</p>
          <Button variant="secondary" size="sm" onClick={view.retry}>
            {tCommon('retry')}
          </Button>
        </div>
      )}
      {view && !view.details && !view.hasFailed && <Spinner label={t('loading')} />}
    </Dialog>
  );
}
