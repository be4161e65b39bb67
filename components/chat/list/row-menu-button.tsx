'use client';

import { EllipsisVertical } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { AskedRow } from './asked-row.ts';

/** What makes room for the button of a row while it is seen. */
export const menuHidesLook =
  'pointer-fine:in-[li:hover]:invisible in-[li:has(button:focus-visible,[aria-expanded=true])]:invisible';

/** The id of the name in a row, which says whose menu it is. */
export const toNameId = (conversationId: string) => `row-${conversationId}`;

type Props = { conversationId: string; onAsk: (asked: AskedRow) => void };

/**
 * The way to the menu of a row, seen under a pointer and where the focus is. A finger holds the row instead, and
 * goes through it to the link: there it is for screen readers and keys.
 */
export function RowMenuButton({ conversationId, onAsk }: Props) {
  const label = useTranslations('chat.list')('rowMenu');
  return (
    <button
      type="button"
      title={label}
      aria-describedby={toNameId(conversationId)}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={({ currentTarget: anchor, detail }) =>
        onAsk({ conversationId, anchor, by: detail ? 'mouse' : 'keys' })
      }
      className="absolute top-2 right-2 inline-flex size-8 items-center justify-center rounded-full text-muted opacity-0 hover:bg-press hover:text-ink focus-visible:opacity-100 aria-expanded:opacity-100 active:bg-press pointer-fine:in-[li:hover]:opacity-100 pointer-coarse:pointer-events-none"
    >
      <Icon of={EllipsisVertical} className="size-4" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
