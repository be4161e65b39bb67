'use client';

import type { MouseEvent, ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { isEmojiOnly } from '#lib/text/emoji.ts';
import { ForwardedLine, isForwarded } from './forwarded-line.tsx';
import { MessageParts } from './message-parts.tsx';

type Props = {
  id: string;
  item: TimelineItem;
  startsGroup: boolean;
  endsGroup: boolean;
  isHighlighted: boolean;
  /** The bubble was pressed, not selected and not something in it. */
  onPress: () => void;
  onUnfold: () => void;
  /** What a reply answers. */
  quoted: ReactNode;
};

/** The bubble around the parts of a message; emoji alone stand without one. */
export function MessageBubble(props: Props) {
  const { id, item, startsGroup, endsGroup, isHighlighted, onPress, onUnfold, quoted } = props;
  const { kind, isMine, body } = item;
  const isDeleted = kind === 'deleted';
  const isCopied = !isDeleted && isForwarded(item);
  const isBare = !isDeleted && !quoted && !isCopied && isEmojiOnly(body);
  const press = (event: MouseEvent) => {
    const isOther = (event.target as Element).closest('a, button') || !getSelection()?.isCollapsed;
    if (!isOther) onPress();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the article answers to Enter.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only shows what a screen reader reads anyway.
    <div
      id={id}
      onClick={press}
      className={cn(
        'max-w-4/5 min-w-0 rounded-bubble break-keep whitespace-pre-wrap wrap-anywhere transition-colors duration-160 sm:max-w-3/4',
        isMine && 'selection:bg-persimmon selection:text-on-persimmon',
        isHighlighted && 'bg-mark',
        !isBare &&
          cn(
            'px-3.5 py-2',
            !isHighlighted && !isDeleted && (isMine ? 'bg-persimmon-soft' : 'bg-raised'),
            (!isMine || isDeleted) && 'shadow-[inset_0_0_0_1px_var(--color-line)]',
            isMine && !startsGroup && 'rounded-tr-md',
            isMine && !endsGroup && 'rounded-br-md',
            !isMine && !startsGroup && 'rounded-tl-md',
            !isMine && !endsGroup && 'rounded-bl-md',
            kind === 'failed' && 'shadow-[inset_0_0_0_1px_var(--color-danger)]',
          ),
      )}
    >
      {isCopied && <ForwardedLine />}
      {quoted}
      <MessageParts item={item} isOpen={isHighlighted} onUnfold={onUnfold} />
    </div>
  );
}
