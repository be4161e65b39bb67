'use client';

import { EllipsisVertical } from 'lucide';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { MessageActions } from './use-message-actions.ts';

type Props = { itemKey: string; isMine: boolean; onAsk: MessageActions['ask'] };

/**
 * The way to a message's menu, seen under a pointer and where the focus is; a finger holds the message instead, so on a
 * phone it takes no room. What else is done at once stands before it (components/chat/acting/quick-actions.tsx).
 */
export function MenuButton({ itemKey, isMine, onAsk }: Props) {
  const label = useTranslations('chat.act')('menu');
  return (
    <div
      className={cn(
        'flex shrink-0 text-muted opacity-0 select-none in-[article:is(:hover,:focus-visible)]:opacity-100 has-focus-visible:opacity-100 has-aria-expanded:opacity-100 pointer-fine:lg:w-21 pointer-coarse:absolute pointer-coarse:top-0',
        isMine ? 'justify-end pointer-coarse:left-0' : 'pointer-coarse:right-0',
      )}
    >
      <span data-quick className="contents" />
      <button
        type="button"
        title={label}
        // The list of messages is one stop of Tab; arrows lead here.
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={({ currentTarget, detail }) =>
          onAsk({ what: 'menu', key: itemKey, anchor: currentTarget, by: detail ? 'mouse' : 'keys' })
        }
        className="inline-flex size-7 items-center justify-center rounded-full hover:bg-wash hover:text-ink active:bg-press"
      >
        <Icon of={EllipsisVertical} className="size-4" />
        <span className="sr-only">{label}</span>
      </button>
    </div>
  );
}
