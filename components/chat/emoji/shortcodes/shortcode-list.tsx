'use client';

import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import type { OpenShortcode } from './open-shortcode.ts';
import { offerId } from './use-offer-keys.ts';

type Props = { open: OpenShortcode; onChoose: (index: number) => void };

/** The emoji that a shortcode may become, above the box, which keeps the focus. */
export function ShortcodeList({ open, onChoose }: Props) {
  const t = useTranslations('chat.emoji');
  const { listId, offers, active } = open;
  return (
    <>
      <VisuallyHidden role="status">{t('offered', { count: offers.length })}</VisuallyHidden>
      <div
        id={listId}
        role="listbox"
        aria-label={t('title')}
        className="absolute bottom-full left-3 z-30 mb-2 max-h-[min(24rem,45dvh)] w-96 max-w-[calc(100%-1.5rem)] overflow-y-auto overscroll-contain rounded-control border border-line bg-raised p-1.5 shadow-float animate-fade sm:left-5"
      >
        {offers.map(({ char, name, code }, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the box has the focus, and names the active one.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys.
          <div
            key={char}
            id={offerId(listId, index)}
            role="option"
            aria-selected={index === active}
            ref={index === active ? showActive : undefined}
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(index)}
            className={cn(
              'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-body select-none hover:bg-wash pointer-coarse:min-h-11',
              index === active && 'bg-wash',
            )}
          >
            <span aria-hidden className="text-lg">
              {char}
            </span>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span aria-hidden className="max-w-[45%] truncate text-sm text-muted max-sm:hidden">
              :{code}:
            </span>
          </div>
        ))}
      </div>
    </>
  );
}

const showActive = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });
