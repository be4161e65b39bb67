'use client';

import { Check } from 'lucide';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';

type Props = {
  /** Ids of what names the message. */
  labelledBy: string;
  isSelected: boolean;
  onSelect: (isRange: boolean) => void;
};

/** The box that selects a message, and over the whole row what presses it; the keys of the list lead to it. */
export function SelectBox({ labelledBy, isSelected, onSelect }: Props) {
  return (
    <>
      <span
        aria-hidden
        className={cn(
          'pointer-events-none absolute bottom-1.5 left-3 z-2 inline-flex size-6 items-center justify-center rounded-full border-2 sm:left-5 [&_svg]:size-4',
          isSelected
            ? 'border-persimmon bg-persimmon text-on-persimmon'
            : 'border-edge bg-raised text-transparent',
        )}
      >
        <Icon of={Check} />
      </span>
      <input
        type="checkbox"
        data-stop
        tabIndex={-1}
        aria-labelledby={labelledBy}
        checked={isSelected}
        onChange={() => onSelect(false)}
        className="peer absolute bottom-1.5 left-3 size-6 opacity-0 sm:left-5"
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box answers to keys. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for pointers, the whole row is the box. */}
      <div
        // Or Shift would select text, and the press take the focus out of the list.
        onMouseDown={(event) => event.preventDefault()}
        onClick={({ shiftKey }) => onSelect(shiftKey)}
        className="absolute inset-0 z-2 cursor-pointer rounded-control -outline-offset-2 outline-celadon peer-focus-visible:outline-2"
      />
    </>
  );
}
