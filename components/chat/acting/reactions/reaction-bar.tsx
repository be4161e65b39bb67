'use client';

import { SmilePlus } from 'lucide';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import { readBarEmoji } from '../../emoji/recent-emoji.ts';

/** Seven of them fit into the narrowest screen. */
const cellLook = 'inline-flex size-11 items-center justify-center rounded-full max-[22rem]:w-10';

type Props = {
  ref: Ref<HTMLDivElement>;
  viewerId: string;
  /** What the viewer has put on the message already. */
  chosen: readonly string[];
  onChoose: (emoji: string, on: boolean) => void;
  /** Shows all emoji. */
  onMore: () => void;
  onEscape: () => void;
};

/** Six emoji to put on a message, those used last first, and the way to all others. */
export function ReactionBar({ ref, viewerId, chosen, onChoose, onMore, onEscape }: Props) {
  const t = useTranslations('chat');
  const [offered] = useState(() => readBarEmoji(viewerId));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'Escape' || event.key === 'Tab') onEscape();
    else if (event.key === 'ArrowRight') (buttons[at + 1] ?? buttons[0])?.focus();
    else if (event.key === 'ArrowLeft') (buttons[at - 1] ?? buttons.at(-1))?.focus();
    else if (event.key === 'Home') buttons[0]?.focus();
    else if (event.key === 'End') buttons.at(-1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div
      ref={ref}
      role="group"
      aria-label={t('act.react')}
      onKeyDown={onKeyDown}
      className="fixed z-50 flex rounded-full border border-line bg-raised p-1 shadow-float animate-rise"
    >
      {offered.map((emoji) => {
        const isChosen = chosen.includes(emoji);
        return (
          <button
            key={emoji}
            type="button"
            tabIndex={-1}
            aria-pressed={isChosen}
            onClick={() => onChoose(emoji, !isChosen)}
            className={cn(
              cellLook,
              'text-xl transition-transform hover:scale-115 active:scale-95',
              isChosen && 'bg-persimmon-soft',
            )}
          >
            {emoji}
          </button>
        );
      })}
      <button
        type="button"
        tabIndex={-1}
        aria-haspopup="dialog"
        aria-label={t('emoji.button')}
        title={t('emoji.button')}
        onClick={onMore}
        className={cn(cellLook, 'text-muted hover:bg-wash hover:text-ink active:bg-press [&_svg]:size-5')}
      >
        <Icon of={SmilePlus} />
      </button>
    </div>
  );
}
