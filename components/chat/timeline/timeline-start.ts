import { findRowBySeq, type TimelineRow } from './timeline-rows.ts';

/** Where a timeline stands when it appears. */
export type TimelineStart =
  /** `isAside`: the person did not ask for the end, and what is passed over on the way is not read. */
  | { at: 'end'; isAside?: boolean }
  | { at: 'divider' }
  | { at: 'seq'; seq: number }
  | { at: 'row'; key: string; offset: number };

/** Where each conversation was left, for as long as the page lives. */
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
  return rows.some(isCurrentDivider) ? { at: 'divider' } : { at: 'end' };
}

const isCurrentDivider = (row: TimelineRow) => row.kind === 'divider' && row.isCurrent;

/** The row that a start names; -1 for the end, or when the row is not there. */
export function findStartRow(rows: readonly TimelineRow[], start: TimelineStart): number {
  if (start.at === 'divider') return rows.findIndex(isCurrentDivider);
  if (start.at === 'seq') return findRowBySeq(rows, start.seq);
  if (start.at === 'row') return rows.findIndex((row) => row.key === start.key);
  return -1;
}

/** Space kept above the divider, so that a line of what was read before shows. */
export const DIVIDER_MARGIN_PX = 72;

/**
 * Runs before the page is hydrated, right after the timeline's HTML: puts the server's rows at the
 * row marked `data-start`, or at the end, so that nothing jumps when the virtual list takes over. Once
 * more when the fonts are there, unless the person has scrolled or the list has taken over already.
 */
export const startScript = `(function(script){
var log=script.parentElement.querySelector('[role=log]'),at;
if(!log)return;
function place(){
var row=log.querySelector('[data-start]');
if(row){
var frame=log.getBoundingClientRect(),box=row.getBoundingClientRect();
log.scrollTop+=box.top-frame.top-(row.dataset.start==='seq'?(frame.height-box.height)/2:${DIVIDER_MARGIN_PX})
}else log.scrollTop=log.scrollHeight;
at=log.scrollTop
}
place();
document.fonts.ready.then(function(){if(script.isConnected&&log.scrollTop===at)place()})
})(document.currentScript)`;
