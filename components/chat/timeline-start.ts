import { findRowBySeq, type TimelineRow } from './timeline-rows.ts';

/** Where a timeline stands when it appears. */
export type TimelineStart =
  | { at: 'end' }
  | { at: 'divider' }
  | { at: 'seq'; seq: number }
  | { at: 'row'; key: string; offset: number };

/** Where each room was left, for as long as the page lives. */
const places = new Map<string, TimelineStart>();

export function rememberPlace(conversationId: string, place: TimelineStart): void {
  places.set(conversationId, place);
}

type Wish = {
  conversationId: string;
  rows: readonly TimelineRow[];
  targetSeq: number | null;
};

/** The message asked for, else where the viewer had scrolled to, else the first unread, else the end. */
export function chooseStart({ conversationId, rows, targetSeq }: Wish): TimelineStart {
  if (targetSeq !== null) return { at: 'seq', seq: targetSeq };
  const place = places.get(conversationId);
  if (place?.at === 'row' && rows.some((row) => row.key === place.key)) return place;
  return rows.some((row) => row.kind === 'divider') ? { at: 'divider' } : { at: 'end' };
}

/** The row that a start names; -1 for the end, or when the row is not there. */
export function findStartRow(rows: readonly TimelineRow[], start: TimelineStart): number {
  if (start.at === 'divider') return rows.findIndex((row) => row.kind === 'divider');
  if (start.at === 'seq') return findRowBySeq(rows, start.seq);
  if (start.at === 'row') return rows.findIndex((row) => row.key === start.key);
  return -1;
}

/** Space kept above the divider, so that a line of what was read before shows. */
export const DIVIDER_MARGIN_PX = 72;

/**
 * Runs before the page is hydrated, right after the timeline's HTML: puts the server's rows at the
 * row marked `data-start`, or at the end, so that nothing jumps when the virtual list takes over.
 */
export const startScript = `(function(s){var l=s.parentElement.querySelector('[role=log]');if(!l)return;var r=l.querySelector('[data-start]');if(!r){l.scrollTop=l.scrollHeight;return}var f=l.getBoundingClientRect(),b=r.getBoundingClientRect(),c=r.dataset.start==='seq';l.scrollTop+=b.top-f.top-(c?(f.height-b.height)/2:${DIVIDER_MARGIN_PX})})(document.currentScript)`;
