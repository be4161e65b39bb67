'use client';

import { type Ref, useEffect, useImperativeHandle, useState } from 'react';
import type { Times } from '../times.ts';

/** How long the chip stays after the last move. */
const LINGER_MS = 1200;

export type DayChipHandle = {
  /** Says the day of this time, for a moment; null where a date line says it. */
  show(at: string | null): void;
};

/** Says, while one scrolls, which day the messages at the top are of. For the eye alone: date lines have it too. */
export function DayChip({ ref, times }: { ref: Ref<DayChipHandle>; times: Times }) {
  const [shown, setShown] = useState<{ at: string | null }>({ at: null });
  useImperativeHandle(ref, () => ({ show: (at) => setShown({ at }) }), []);
  useEffect(() => {
    if (shown.at === null) return;
    const timer = setTimeout(() => setShown({ at: null }), LINGER_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  if (shown.at === null) return null;
  return (
    <p
      aria-hidden
      data-day-chip
      className="pointer-events-none absolute top-2 left-1/2 z-10 -translate-x-1/2 rounded-full bg-raised px-3 py-1 text-xs text-muted shadow-float ring-1 ring-line select-none"
    >
      {times.day(shown.at)}
    </p>
  );
}
