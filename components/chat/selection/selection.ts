import type { StoredItem, TimelineItem } from '#lib/chat-client/views/view.ts';

/** As many changes go at once (lib/runtime/rate-limit.ts). */
export const MAX_SELECTED = 100;

/** Messages that are selected, by seq. */
export type Selection = {
  seqs: ReadonlySet<number>;
  /** The last one that was pressed by itself: ranges go from there. */
  anchor: number;
  /** What was selected before the range from the anchor. */
  base: ReadonlySet<number>;
  /** The last press asked for more than there may be. */
  isFull: boolean;
};

/** Only what the log holds and what says something can be selected. */
export function isSelectable(item: TimelineItem): item is StoredItem {
  return item.kind === 'stored';
}

export function startSelection(seq: number): Selection {
  return { seqs: new Set([seq]), anchor: seq, base: new Set([seq]), isFull: false };
}

/** Selects a message, or lets go of it; the next range goes from there. */
export function toggle(selection: Selection, seq: number): Selection {
  const seqs = new Set(selection.seqs);
  const isFull = !seqs.delete(seq) && seqs.size >= MAX_SELECTED;
  if (isFull) return { ...selection, isFull };
  if (!selection.seqs.has(seq)) seqs.add(seq);
  return { seqs, anchor: seq, base: seqs, isFull };
}

/** Selects all from the anchor to a message, in place of the range before; those nearest the anchor first. */
export function extend(selection: Selection, items: readonly TimelineItem[], seq: number): Selection {
  const { anchor, base } = selection;
  const [first, last] = [Math.min(anchor, seq), Math.max(anchor, seq)];
  const range = items.flatMap((item) =>
    isSelectable(item) && item.seq >= first && item.seq <= last ? [item.seq] : [],
  );
  if (seq < anchor) range.reverse();
  const all = [...new Set([...base, ...range])];
  return { ...selection, seqs: new Set(all.slice(0, MAX_SELECTED)), isFull: all.length > MAX_SELECTED };
}

/** Lets go of what is deleted or no longer there; the same object where all is. */
export function prune(selection: Selection, items: readonly TimelineItem[]): Selection {
  const there = new Set(items.flatMap((item) => (isSelectable(item) ? [item.seq] : [])));
  const keep = (seqs: ReadonlySet<number>) => new Set([...seqs].filter((seq) => there.has(seq)));
  const seqs = keep(selection.seqs);
  if (seqs.size === selection.seqs.size) return selection;
  return { ...selection, seqs, base: keep(selection.base), isFull: false };
}
