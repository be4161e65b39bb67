'use client';

import {
  Clock,
  Flag,
  Hand,
  Heart,
  type IconNode,
  Lightbulb,
  PawPrint,
  Plane,
  Smile,
  Utensils,
  Volleyball,
} from 'lucide';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { EmojiGroup, GroupName } from '../emoji-cells.ts';

const ICONS: Record<Exclude<GroupName, 'found'>, IconNode> = {
  recent: Clock,
  smileys: Smile,
  people: Hand,
  nature: PawPrint,
  food: Utensils,
  travel: Plane,
  activities: Volleyball,
  objects: Lightbulb,
  symbols: Heart,
  flags: Flag,
};

type Props = { groups: readonly EmojiGroup[]; grid: RefObject<HTMLElement | null> };

/** Leads to the groups below each other. */
export function GroupLinks({ groups, grid }: Props) {
  const t = useTranslations('chat.emoji.groups');
  const show = (name: GroupName) => {
    const group = grid.current?.querySelector<HTMLElement>(`[data-group=${name}]`);
    grid.current?.scrollTo({ top: group?.offsetTop });
  };
  return (
    <div className="flex shrink-0 overflow-x-auto overscroll-contain border-t border-line px-1 [scrollbar-width:none]">
      {groups.map(({ name }) =>
        name === 'found' ? null : (
          <button
            key={name}
            type="button"
            aria-label={t(name)}
            title={t(name)}
            onClick={() => show(name)}
            className="inline-flex h-11 min-w-6 flex-1 pointer-coarse:min-w-8 items-center justify-center rounded-lg text-muted -outline-offset-2 hover:bg-wash hover:text-ink active:bg-press [&_svg]:size-4.5"
          >
            <Icon of={ICONS[name]} />
          </button>
        ),
      )}
    </div>
  );
}
