'use client';

import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { Reaction } from '#lib/chat/types.ts';

type Props = {
  id: string;
  reactions: readonly Reaction[];
  partnerName: string;
  isViewer: (userId: string) => boolean;
  onToggle: (emoji: string, on: boolean) => void;
};

/** The emoji on a message, each with who put it there; a press adds one's own or takes it away. */
export function Reactions({ id, reactions, partnerName, isViewer, onToggle }: Props) {
  const t = useTranslations('chat');
  return (
    // A change is told once, with its message (components/chat/acting/reactions/reaction-news.tsx).
    <div id={id} aria-live="off" className="z-1 -mt-1 flex flex-wrap gap-1 px-2 pb-1 select-none">
      {reactions.map(({ emoji, userIds }) => {
        const isMine = userIds.some(isViewer);
        const count = userIds.length;
        const who = userIds.map((userId) => (isViewer(userId) ? t('timeline.you') : partnerName)).join(', ');
        return (
          <button
            key={emoji}
            type="button"
            tabIndex={-1}
            aria-pressed={isMine}
            title={who}
            onClick={() => onToggle(emoji, !isMine)}
            className={cn(
              'relative flex h-6 min-w-8 items-center justify-center gap-1 rounded-full bg-raised px-1.5 text-sm tabular-nums ring-1 before:absolute before:-inset-x-0.5 before:-inset-y-2.5 hover:bg-wash active:bg-press',
              isMine ? 'text-persimmon-ink ring-persimmon' : 'text-muted ring-line',
            )}
          >
            <span className="sr-only">{t('act.reaction', { emoji, count, who })}</span>
            <span aria-hidden>
              {emoji} {count > 1 && count}
            </span>
          </button>
        );
      })}
    </div>
  );
}
