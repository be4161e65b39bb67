import { changePins } from '#lib/chat/pins.ts';
import { refreshQuotes } from '#lib/chat/preview.ts';
import type { HistoryPage, Message } from '#lib/chat/types.ts';
import type { MessageWindow } from '../state.ts';

export function createWindow(id: number, page: HistoryPage): MessageWindow {
  return {
    id,
    messages: page.messages,
    hasBefore: page.more.before,
    hasAfter: page.more.after,
    pins: page.pins ?? [],
    revision: page.revision,
  };
}

export function includesSeq(window: MessageWindow | null, seq: number): boolean {
  const first = window?.messages[0];
  const last = window?.messages.at(-1);
  return first !== undefined && last !== undefined && first.seq <= seq && seq <= last.seq;
}

/**
 * Puts changed messages into the window: newer versions of what it shows, and what follows its
 * newest end. Others lie outside and are left out. Does not touch the window's revision.
 */
export function mergeMessages(window: MessageWindow, changes: readonly Message[]): MessageWindow {
  let messages = window.messages;
  for (const change of changes.toSorted((a, b) => a.seq - b.seq)) {
    messages = mergeMessage(messages, change, window);
  }
  return messages === window.messages ? window : { ...window, messages };
}

/** Brings a window from its revision to `revision` by what changed between; changes from before it may be among them. */
export function advanceWindow(
  window: MessageWindow,
  changes: readonly Message[],
  revision: number,
): MessageWindow {
  const { messages } = mergeMessages(window, changes);
  // Quotes and pins are as new as the window or newer: what it has applied already would take them back.
  const applied = changes.filter((change) => change.revision > window.revision);
  const pins = changePins(window.pins, applied);
  return { ...window, messages: refreshQuotes(messages, applied), pins, revision };
}

function mergeMessage(messages: Message[], change: Message, window: MessageWindow): Message[] {
  const index = findInsertion(messages, change.seq);
  const old = messages[index];
  if (old?.seq === change.seq) {
    return old.revision < change.revision ? messages.with(index, change) : messages;
  }
  if (index === messages.length && window.hasAfter) return messages;
  if (index === 0 && window.hasBefore && messages.length > 0) return messages;
  // In a synced page an edited message comes after those that followed it, so gaps can fill late.
  return messages.toSpliced(index, 0, change);
}

/** The index of the first message whose seq is not below `seq`. */
function findInsertion(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A message of the window by its seq. */
export function findInWindow(window: MessageWindow | null, seq: number): Message | undefined {
  const found = window?.messages[findInsertion(window.messages, seq)];
  return found?.seq === seq ? found : undefined;
}

/** Joins the page that was asked for at one side. A page that does not touch the window is left out. */
export function extendWindow(
  window: MessageWindow,
  side: 'before' | 'after',
  page: HistoryPage,
): MessageWindow {
  const first = window.messages[0]?.seq;
  const last = window.messages.at(-1)?.seq;
  const pageFirst = page.messages[0]?.seq;
  const pageLast = page.messages.at(-1)?.seq;
  const touches =
    first === undefined ||
    last === undefined ||
    pageFirst === undefined ||
    pageLast === undefined ||
    (side === 'before' ? pageLast >= first - 1 : pageFirst <= last + 1);
  if (!touches) return window;
  const open: MessageWindow = { ...window, hasBefore: false, hasAfter: false };
  return {
    ...mergeMessages(open, page.messages),
    hasBefore: side === 'before' ? page.more.before : window.hasBefore,
    hasAfter: side === 'after' ? page.more.after : window.hasAfter,
    // An older snapshot takes the whole window back to its revision: a sync brings what it lacks.
    revision: Math.min(window.revision, page.revision),
  };
}

/** Keeps only the newest (or, away from the newest, the oldest) `size` messages of a long window. */
export function trimWindow(window: MessageWindow, size: number): MessageWindow {
  if (window.messages.length <= size) return window;
  return window.hasAfter
    ? { ...window, messages: window.messages.slice(0, size) }
    : { ...window, messages: window.messages.slice(-size), hasBefore: true };
}
