'use client';

import { useTranslations } from 'use-intl';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { Fold, isWall } from './fold.tsx';
import { MessageBody } from './message-body.tsx';

type Props = {
  item: TimelineItem;
  /** True where a long text must stand whole. */
  isOpen: boolean;
  onUnfold: () => void;
};

/** What a message says, part by part, inside its bubble. */
export function MessageParts({ item, isOpen, onUnfold }: Props) {
  const t = useTranslations('chat.timeline');
  if (item.kind === 'deleted') return <span className="text-muted">{t('deleted')}</span>;
  const { body } = item;
  // What was to be forwarded was deleted meanwhile.
  if (body === '') return <span className="text-muted">{t('deleted')}</span>;
  const text = <MessageBody body={body} isMine={item.isMine} linkTabIndex={-1} />;
  if (!isWall(body)) return text;
  return (
    <Fold messageKey={item.key} body={body} isOpen={isOpen} onUnfold={onUnfold}>
      {text}
    </Fold>
  );
}
