'use client';

import { Star } from 'lucide';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { Times } from '#components/chat/times.ts';
import { HitRow } from '#components/search/hit-row.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { StarredMessage } from '#lib/chat/types.ts';
import { toKey } from './use-starred.ts';

type Props = { starred: StarredMessage; times: Times; onUnstar: () => void };

const toId = (key: string) => `starred-${key}`;

/** The link of a row, by the key of its message. */
export const findRow = (key: string) => document.getElementById(toId(key));

/** One starred message: a link to it in its conversation, and beside it the way to take the star away. */
export function StarredRow({ starred, times, onUnstar }: Props) {
  const t = useTranslations('chat.act');
  const id = toId(toKey(starred.message));
  const unstar = ({ currentTarget }: MouseEvent) => {
    // The row goes, and with it the focus.
    const row = currentTarget.closest('li');
    const beside = row?.nextElementSibling ?? row?.previousElementSibling;
    beside?.querySelector('button')?.focus({ preventScroll: true });
    onUnstar();
  };
  return (
    <li className="flex items-center gap-1">
      <div className="min-w-0 flex-1">
        <HitRow id={id} hit={{ ...starred, ranges: [] }} isActive={false} times={times} />
      </div>
      <IconButton label={t('unstar')} aria-describedby={id} onClick={unstar}>
        <Icon of={Star} className="fill-current" />
      </IconButton>
    </li>
  );
}
