'use client';

import { Info } from 'lucide';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';

/**
 * Opens the details of one's own message: the mark beside the last of a group; beside the others a
 * small sign that shows under the pointer, and after a tap, so that the page stays quiet.
 */
export function DetailsButton({ mark, onOpen }: { mark?: ReactNode; onOpen: () => void }) {
  const label = useTranslations('chat.timeline')('details');
  return (
    <button
      type="button"
      title={label}
      // The list of messages is one stop of Tab; arrows lead here.
      tabIndex={-1}
      onClick={onOpen}
      className={cn(
        'relative -m-1 inline-flex rounded-full p-1 select-none hover:bg-wash active:bg-press before:absolute before:-inset-1 pointer-coarse:before:-inset-2.5',
        !mark && 'opacity-0 focus-visible:opacity-100 in-[article:hover]:opacity-100',
      )}
    >
      {mark ?? <Icon of={Info} className="size-4" />}
      <span className="sr-only">{label}</span>
    </button>
  );
}
