import type { TimelineMessage } from '#lib/chat-client/types.ts';

/** A sender's messages within this time of the first join into one group. */
const GROUP_MS = 5 * 60 * 1000;

export type MessageRow = {
  kind: 'message';
  key: string;
  message: TimelineMessage;
  /** First (last) of its group: the corners and the time follow from it. */
  startsGroup: boolean;
  endsGroup: boolean;
};

export type TimelineRow =
  | { kind: 'before'; key: string }
  | { kind: 'date'; key: string; at: string }
  | { kind: 'divider'; key: string }
  | MessageRow
  | { kind: 'after'; key: string };

type Options = {
  /** The day a time falls on, as a key that sorts and compares, in the viewer's zone. */
  dayOf: (at: string) => string;
  /** The viewer's read cursor when the visit began; null when there was nothing unread. */
  readSeq: number | null;
};

type Moment = { at: number; day: string; dayOf: Options['dayOf'] };

/** Messages stay the same objects while the window around them changes, ten thousand of them too. */
const moments = new WeakMap<TimelineMessage, Moment>();

function readMoment(message: TimelineMessage, dayOf: Options['dayOf']): Moment {
  const known = moments.get(message);
  if (known?.dayOf === dayOf) return known;
  const moment = { at: Date.parse(message.createdAt), day: dayOf(message.createdAt), dayOf };
  moments.set(message, moment);
  return moment;
}

/**
 * Lays a window of messages out as rows: an edge above and below, a date where the day changes, the
 * unread divider before the partner's first message above `readSeq`, and each message with its place
 * in a group. A window that begins above the divider's true place shows none.
 */
export function buildTimelineRows(messages: readonly TimelineMessage[], options: Options): TimelineRow[] {
  const rows: TimelineRow[] = [{ kind: 'before', key: 'before' }];
  const { dayOf, readSeq } = options;
  const firstSeq = messages[0]?.seq ?? null;
  let awaitsDivider = readSeq !== null && firstSeq !== null && firstSeq <= readSeq + 1;
  let day = '';
  let group: { senderId: string; since: number } | null = null;
  let previous: MessageRow | null = null;

  for (const message of messages) {
    const { at, day: nextDay } = readMoment(message, dayOf);
    if (nextDay !== day) {
      day = nextDay;
      group = null;
      rows.push({ kind: 'date', key: `date:${day}`, at: message.createdAt });
    }
    if (awaitsDivider && !message.isMine && message.seq !== null && message.seq > (readSeq ?? 0)) {
      awaitsDivider = false;
      group = null;
      rows.push({ kind: 'divider', key: 'divider' });
    }
    const joins = group !== null && group.senderId === message.senderId && at - group.since < GROUP_MS;
    if (!joins) group = { senderId: message.senderId, since: at };
    if (joins && previous) previous.endsGroup = false;
    previous = { kind: 'message', key: message.key, message, startsGroup: !joins, endsGroup: true };
    rows.push(previous);
  }
  rows.push({ kind: 'after', key: 'after' });
  return rows;
}

/** True when rows came in only above what was there: the virtual list then holds its distance from the end. */
export function isPrepend(before: readonly TimelineRow[], after: readonly TimelineRow[]): boolean {
  if (after.length <= before.length) return false;
  const first = before.find((row) => row.kind === 'message');
  if (!first) return false;
  const grown = after.length - before.length;
  return after[before.indexOf(first) + grown]?.key === first.key && after.at(-2)?.key === before.at(-2)?.key;
}

/** Where a message stands among the rows; -1 when it is not there. */
export function findRowBySeq(rows: readonly TimelineRow[], seq: number): number {
  return rows.findIndex((row) => row.kind === 'message' && row.message.seq === seq);
}
