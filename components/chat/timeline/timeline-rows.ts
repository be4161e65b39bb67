import type { TimelineItem } from '#lib/chat-client/views/view.ts';

/** A sender's messages within this time of the first join into one group. */
const GROUP_MS = 5 * 60 * 1000;
/** From so long a silence on, two messages stand apart. */
const PAUSE_MS = 60 * 60 * 1000;

export type MessageRow = {
  kind: 'message';
  key: string;
  item: TimelineItem;
  /** First (last) of its group: the corners and the time follow from it. */
  startsGroup: boolean;
  endsGroup: boolean;
  /** An hour or more lies between it and the message right above. */
  followsPause: boolean;
};

export type TimelineRow =
  | { kind: 'before'; key: string }
  | { kind: 'date'; key: string; at: string }
  /** Where what was unread began; only the newest such place of a visit is current. */
  | { kind: 'divider'; key: string; isCurrent: boolean }
  | MessageRow
  | { kind: 'after'; key: string };

type Options = {
  /** The day a time falls on, as a key that sorts and compares, in the viewer's zone. */
  dayOf: (at: string) => string;
  /** The read cursors below which something unread began during this visit, oldest first. */
  readSeqs: readonly number[];
  /** The seq at which the window begins, also where that message shows nothing; 0 for an empty one. */
  fromSeq: number;
};

type Moment = { at: number; day: string; dayOf: Options['dayOf'] };

/** Items stay the same objects while the window around them changes, ten thousand of them too. */
const moments = new WeakMap<TimelineItem, Moment>();

function readMoment(item: TimelineItem, dayOf: Options['dayOf']): Moment {
  const known = moments.get(item);
  if (known?.dayOf === dayOf) return known;
  const { createdAt } = item.message;
  const moment = { at: Date.parse(createdAt), day: dayOf(createdAt), dayOf };
  moments.set(item, moment);
  return moment;
}

/**
 * Lays a window of messages out as rows: an edge above and below, a date where a later day begins, an
 * unread divider before the partner's first message above each of `readSeqs`, and each message with its
 * place in a group. A divider whose true place is above the window is not shown.
 */
export function buildTimelineRows(items: readonly TimelineItem[], options: Options): TimelineRow[] {
  const rows: TimelineRow[] = [{ kind: 'before', key: 'before' }];
  const { dayOf } = options;
  const dividers = createDividers(options);
  let day = '';
  let group: { senderId: string; since: number } | null = null;
  let previous: MessageRow | null = null;
  let previousAt = Number.POSITIVE_INFINITY;

  for (const item of items) {
    const { at, day: nextDay } = readMoment(item, dayOf);
    const rowsBefore = rows.length;
    // Days only go on: an unsent text of yesterday stands below today's, and clocks may step back.
    if (nextDay > day) {
      day = nextDay;
      group = null;
      rows.push({ kind: 'date', key: `date:${day}`, at: item.message.createdAt });
    }
    const divider = dividers.takeBefore(item);
    if (divider) {
      group = null;
      rows.push(divider);
    }
    const joins = group !== null && group.senderId === item.senderId && at - group.since < GROUP_MS;
    if (!joins) group = { senderId: item.senderId, since: at };
    if (joins && previous) previous.endsGroup = false;
    previous = {
      kind: 'message',
      key: item.key,
      item,
      startsGroup: !joins,
      endsGroup: true,
      followsPause: rows.length === rowsBefore && at - previousAt >= PAUSE_MS,
    };
    previousAt = at;
    rows.push(previous);
  }
  rows.push({ kind: 'after', key: 'after' });
  return rows;
}

/** Gives each divider once, before the first message that it belongs above. */
function createDividers({ readSeqs, fromSeq }: Options) {
  const current = readSeqs.at(-1);
  const waiting = readSeqs.filter((readSeq) => fromSeq > 0 && fromSeq <= readSeq + 1);
  waiting.sort((a, b) => a - b);
  return {
    takeBefore({ isMine, seq }: TimelineItem): TimelineRow | null {
      let readSeq: number | undefined;
      // Of several with the same place the last is taken.
      while (!isMine && seq !== null && seq > (waiting[0] ?? seq)) readSeq = waiting.shift();
      if (readSeq === undefined) return null;
      return { kind: 'divider', key: `divider:${readSeq}`, isCurrent: readSeq === current };
    },
  };
}

/** True when rows came in only above what was there: the virtual list then holds its distance from the end. */
export function isPrepend(before: readonly TimelineRow[], after: readonly TimelineRow[]): boolean {
  if (after.length <= before.length) return false;
  const first = before.find((row) => row.kind === 'message');
  if (!first) return false;
  const grown = after.length - before.length;
  return after[before.indexOf(first) + grown]?.key === first.key && after.at(-2)?.key === before.at(-2)?.key;
}

/** Where the partner's first message above `readSeq` stands; -1 when none is there. */
export function findFirstUnreadRow(rows: readonly TimelineRow[], readSeq: number): number {
  let found = -1;
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (row?.kind !== 'message' || row.item.seq === null) continue;
    if (row.item.seq <= readSeq) break;
    if (!row.item.isMine) found = index;
  }
  return found;
}

/** Where a message stands among the rows; -1 when it is not there. */
export function findRowBySeq(rows: readonly TimelineRow[], seq: number): number {
  return rows.findIndex((row) => row.kind === 'message' && row.item.seq === seq);
}
