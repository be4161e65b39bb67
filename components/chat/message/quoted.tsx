'use client';

import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { Quote } from '#lib/chat/types.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import { Name } from '../name.tsx';

type Props = { quote: Quote; name: string; isMine: boolean; onOpen: () => void };

/** What a reply answers, as it is now, and the way there; the bar has the colour of who wrote it. */
export function Quoted({ quote, name, isMine, onOpen }: Props) {
  const t = useTranslations('chat.act');
  const say = useTranslations('chat.timeline');
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={onOpen}
      className={cn(
        'mb-1.5 block w-full border-l-3 pl-2 text-left text-sm select-none hover:opacity-80',
        isMine ? 'border-persimmon' : 'border-celadon',
      )}
    >
      <span className="sr-only">{t('quoted')} </span>
      <span
        className={cn('block truncate font-semibold', isMine ? 'text-persimmon-ink' : 'text-celadon-ink')}
      >
        <Name>{name}</Name>
      </span>
      <span className="line-clamp-2 text-muted">{toPlainText(quote, say)}</span>
    </button>
  );
}
