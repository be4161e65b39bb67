'use client';

import { useMemo, useRef, useState } from 'react';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { extend, prune, type Selection, startSelection, toggle } from './selection.ts';

/** What rows are drawn with while messages are selected. */
export type Selecting = {
  selection: Selection | null;
  /** Selects a message or lets go of it; with `isRange` all from the last one that was. */
  select: (seq: number, isRange: boolean) => void;
  /** Begins with this message. */
  start: (seq: number) => void;
  end: () => void;
};

/** The messages of a conversation that are selected; null while none are being. It ends with the conversation. */
export function useSelection(items: readonly TimelineItem[]): Selecting {
  const [selection, setSelection] = useState<Selection | null>(null);
  const latest = useRef(items);
  latest.current = items;
  const kept = selection && prune(selection, items);
  if (kept !== selection) setSelection(kept);
  const actions = useMemo(
    () => ({
      select: (seq: number, isRange: boolean) =>
        setSelection((now) => now && (isRange ? extend(now, latest.current, seq) : toggle(now, seq))),
      start: (seq: number) => setSelection(startSelection(seq)),
      end: () => setSelection(null),
    }),
    [],
  );
  return useMemo(() => ({ selection: kept, ...actions }), [kept, actions]);
}
