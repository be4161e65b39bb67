'use client';

import { X } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { Name } from '../../name.tsx';
import type { Target } from './use-forward-choice.ts';

type Props = { chosen: readonly Target[]; onRemove: (target: Target) => void };

/** Who was chosen, each to be taken out again, whatever the list shows. */
export function ChosenPeople({ chosen, onRemove }: Props) {
  const t = useTranslations('chat.forward');
  if (chosen.length === 0) return null;
  return (
    <ul aria-label={t('chosen')} className="-mx-1 mt-1 flex gap-1.5 overflow-x-auto p-1">
      {chosen.map((target) => (
        <li key={target.userId} className="shrink-0">
          <button
            type="button"
            aria-label={t('unchoose', { name: target.username })}
            onClick={() => onRemove(target)}
            className="inline-flex min-h-9 max-w-56 items-center gap-1 rounded-full bg-persimmon-soft pr-2 pl-3 text-sm hover:brightness-97 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0"
          >
            <Name className="truncate">{target.username}</Name>
            <Icon of={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}
