'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import type { Partner } from '#lib/chat/types.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { createReactionWatch, type ReactionNews } from './reaction-news.ts';

/** So much of a message tells which one it is (code units). */
const TOLD_LENGTH = 80;

/** Tells a screen reader once, when it has time, how the partner reacts. */
export function ReactionAnnouncer({ items, partner }: { items: readonly TimelineItem[]; partner: Partner }) {
  const t = useTranslations('chat.act');
  const [watch] = useState(() => createReactionWatch(partner.userId));
  const [news, setNews] = useState<ReactionNews | null>(null);
  useEffect(() => {
    const found = watch(items);
    if (found) setNews(found);
  }, [watch, items]);
  const message = news && items.find(({ key }) => key === news.key);
  return (
    <VisuallyHidden role="status">
      {news &&
        message?.kind === 'stored' &&
        t(news.on ? 'partnerReacted' : 'partnerUnreacted', {
          name: partner.username,
          emoji: news.emoji,
          text: message.body.slice(0, TOLD_LENGTH),
        })}
    </VisuallyHidden>
  );
}
