'use client';

import { type IconNode, Reply, SmilePlus } from 'lucide';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { Asked } from '../message/asked.ts';
import { readItemKey } from './menu/message-box.ts';
import type { QuickArticle } from './use-quick-article.ts';

type Props = {
  quick: QuickArticle;
  onReply: () => void;
  onAsk: (asked: Asked) => void;
};

/** What is done with a message at once, beside the button of its menu; for a mouse on a wide screen. */
export function QuickActions({ quick, onReply, onAsk }: Props) {
  const t = useTranslations('chat.act');
  const key = readItemKey(quick.article) ?? '';
  // Beside the place of the button, which goes when the pointer leaves the message.
  const react = ({ left: x, bottom: y }: DOMRect) =>
    onAsk({ what: 'react', key, anchor: quick.article, by: 'mouse', at: { x, y } });
  return createPortal(
    <span className="hidden pointer-fine:lg:contents">
      <QuickButton label={t('react')} icon={SmilePlus} hasList onPress={react} />
      <QuickButton label={t('reply')} icon={Reply} onPress={onReply} />
    </span>,
    quick.slot,
    key,
  );
}

type QuickButtonProps = {
  label: string;
  icon: IconNode;
  hasList?: boolean;
  /** With the button's place on the screen. */
  onPress: (box: DOMRect) => void;
};

function QuickButton({ label, icon, hasList, onPress }: QuickButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-expanded={hasList ? false : undefined}
      tabIndex={-1}
      onClick={({ currentTarget }) => onPress(currentTarget.getBoundingClientRect())}
      className="inline-flex size-7 items-center justify-center rounded-full hover:bg-wash hover:text-ink active:bg-press"
    >
      <Icon of={icon} className="size-4" />
    </button>
  );
}
