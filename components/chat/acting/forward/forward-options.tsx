'use client';

import { Check } from 'lucide';
import { useEffect, useRef } from 'react';
import { PersonRow, rowLook } from '#components/search/people-options.tsx';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Target } from './use-forward-choice.ts';

type Props = {
  id: string;
  label: string;
  options: readonly Target[];
  activeId: string | undefined;
  isChosen: (target: Target) => boolean;
  /** No more can be chosen. */
  isFull: boolean;
  onPoint: (index: number) => void;
  onToggle: (target: Target) => void;
};

/** Who can be forwarded to. Focus stays in the search box, which names the active option. */
export function ForwardOptions({ id, label, options, activeId, isChosen, isFull, onPoint, onToggle }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (activeId) list.current?.querySelector(`#target-${activeId}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} aria-multiselectable>
      {options.map((target, index) => {
        const isOn = isChosen(target);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search box handles the keys of the list.
          <div
            key={target.userId}
            id={`target-${target.userId}`}
            role="option"
            tabIndex={-1}
            aria-selected={isOn}
            aria-disabled={isFull && !isOn}
            onPointerMove={() => onPoint(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onToggle(target)}
            className={cn(
              rowLook,
              'cursor-pointer aria-disabled:cursor-default aria-disabled:opacity-55',
              // The focus stays in the box; this shows where Enter goes.
              target.userId === activeId &&
                'bg-wash outline-2 -outline-offset-2 outline-celadon pointer-coarse:outline-0',
            )}
          >
            <PersonRow person={target} />
            <span
              className={cn(
                'ml-auto inline-flex size-6 shrink-0 items-center justify-center rounded-full border-2 [&_svg]:size-4',
                isOn ? 'border-persimmon bg-persimmon text-on-persimmon' : 'border-edge text-transparent',
              )}
            >
              <Icon of={Check} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
