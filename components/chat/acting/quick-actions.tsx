'use client';

import { type IconNode, Reply, SmilePlus } from 'lucide';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { QuickArticle } from './use-quick-article.ts';

type Props = {
  quick: QuickArticle;
  /** `box` is the button's on the screen. */
  onReact: (box: DOMRect, isByKey: boolean) => void;
  onReply: () => void;
};

/** What is done with a message at once, beside the button of its menu; for a mouse on a wide screen. */
export function QuickActions({ quick, onReact, onReply }: Props) {
  const t = useTranslations('chat.act');
  return createPortal(
    <span className="hidden pointer-fine:lg:contents">
      <QuickButton label={t('react')} icon={SmilePlus} hasList onPress={onReact} />
      <QuickButton label={t('reply')} icon={Reply} onPress={onReply} />
    </span>,
    quick.slot,
    quick.article.closest<HTMLElement>('[data-row]')?.dataset.row,
  );
}

type QuickButtonProps = {
  label: string;
  icon: IconNode;
  hasList?: boolean;
  onPress: (box: DOMRect, isByKey: boolean) => void;
};

function QuickButton({ label, icon, hasList, onPress }: QuickButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-expanded={hasList ? false : undefined}
      tabIndex={-1}
      onClick={({ currentTarget, detail }) => onPress(currentTarget.getBoundingClientRect(), detail === 0)}
      className="inline-flex size-7 items-center justify-center rounded-full hover:bg-wash hover:text-ink active:bg-press"
    >
      <Icon of={icon} className="size-4" />
    </button>
  );
}
