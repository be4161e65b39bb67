import type { ConversationEntry, Marks, MarksChange, MarksHead } from '#lib/chat/types.ts';
import { type ConversationState, type KnownMarks, NO_MARKS } from '../state.ts';
import { getCursors, showsSince } from './entry.ts';
import { reconcile } from './reconcile.ts';
import { markStale } from './revision.ts';

/** Takes all marks as the server has them, unless newer ones are known. What was hidden once stays so. */
export function receiveMarks(
  conversation: ConversationState,
  { revision, clearedSeq, starred, hidden }: Marks,
  viewerId: string,
): ConversationState {
  const known = conversation.marks;
  const next = hearOfMarks(conversation, { revision, clearedSeq });
  if (revision < known.revision) return next;
  const cleared = next.marks.clearedSeq;
  const isLeft = (seq: number) => seq > cleared;
  const marks: KnownMarks = {
    revision,
    clearedSeq: cleared,
    starred: new Set(starred.filter(isLeft)),
    hidden: new Set([...hidden, ...known.hidden].filter(isLeft)),
  };
  return reconcile({ ...next, marks }, viewerId, true);
}

/** Takes the answer to a question that was asked when `askedHead` was known: it is the truth, also of a restored server. */
export function receiveAskedMarks(
  conversation: ConversationState,
  { marks, askedHead }: { marks: Marks; askedHead: number },
  viewerId: string,
): ConversationState {
  const isRestored = marks.revision < askedHead && conversation.marksHead === askedHead;
  const known = isRestored ? forgetMarks(conversation, marks.revision) : conversation;
  return receiveMarks(known, marks, viewerId);
}

/** Lets go of marks that a restored server does not know. */
export function forgetMarks(conversation: ConversationState, head: number): ConversationState {
  return { ...conversation, marks: NO_MARKS, marksHead: head };
}

/** Notes where the marks stand. What an entry says of the conversation may be out of date with them: that is asked. */
export function hearOfMarks(
  conversation: ConversationState,
  head: Pick<MarksHead, 'revision' | 'clearedSeq'> | undefined,
): ConversationState {
  if (!head) return conversation;
  const { entry } = conversation;
  const next = raiseMarks(conversation, head);
  return entry && head.revision > (entry.marks?.revision ?? 0) ? markStale(next) : next;
}

/** The same where the entry that says so is taken as well. */
export function raiseMarks(
  conversation: ConversationState,
  { revision, clearedSeq }: Pick<MarksHead, 'revision' | 'clearedSeq'>,
): ConversationState {
  const { marks, marksHead } = conversation;
  if (revision <= marksHead && clearedSeq <= marks.clearedSeq) return conversation;
  return {
    ...conversation,
    marksHead: Math.max(marksHead, revision),
    marks: clearedSeq > marks.clearedSeq ? { ...marks, clearedSeq } : marks,
  };
}

/**
 * Takes one change of the marks. What it says is so at once; only one that was told as the next brings the known marks to
 * its revision, else all of them are asked. The answer to this client's own wish (`isTold` false) may name a later one.
 */
export function receiveMarksChange(
  conversation: ConversationState,
  change: MarksChange,
  viewerId: string,
  isTold: boolean,
): ConversationState {
  const { marks, entry } = conversation;
  const { revision } = change;
  let next = raiseMarks(conversation, { revision, clearedSeq: change.clearedSeq ?? 0 });
  if (revision > marks.revision) {
    const isNext = isTold && revision === marks.revision + 1;
    next = { ...next, marks: applyChange(next.marks, change, isNext ? revision : marks.revision) };
  }
  const entryRevision = entry?.marks?.revision ?? 0;
  if (!entry || !isTold || revision <= entryRevision) return reconcile(next, viewerId, true);
  if (revision > entryRevision + 1) return reconcile(markStale(next), viewerId, true);
  const applied = applyToEntry(entry, change, viewerId);
  // Perhaps the list brings it no more: what else was changed of it and not heard is asked now.
  if (!showsSince(applied.entry)) next = markStale(next);
  return reconcile({ ...next, entry: applied.entry }, viewerId, applied.isExact);
}

function applyChange(marks: KnownMarks, change: MarksChange, revision: number): KnownMarks {
  if (change.seq === undefined) {
    const isLeft = (seq: number) => seq > change.clearedSeq;
    return {
      revision,
      clearedSeq: Math.max(marks.clearedSeq, change.clearedSeq),
      starred: new Set([...marks.starred].filter(isLeft)),
      hidden: new Set([...marks.hidden].filter(isLeft)),
    };
  }
  const { seq, starred, hidden } = change;
  if (seq <= marks.clearedSeq) return { ...marks, revision };
  const isStarred = starred && !marks.hidden.has(seq);
  return {
    ...marks,
    revision,
    starred: isStarred ? new Set([...marks.starred, seq]) : without(marks.starred, seq),
    hidden: hidden ? new Set([...marks.hidden, seq]) : marks.hidden,
  };
}

function without(seqs: ReadonlySet<number>, seq: number): ReadonlySet<number> {
  return seqs.has(seq) ? new Set([...seqs].filter((other) => other !== seq)) : seqs;
}

/** `isExact` is false when the unread count or the newest message that is shown must be asked anew. */
function applyToEntry(
  entry: ConversationEntry,
  change: MarksChange,
  viewerId: string,
): { entry: ConversationEntry; isExact: boolean } {
  const { readSeq } = getCursors(entry, viewerId);
  const { revision } = change;
  if (change.seq !== undefined) {
    const marks = { clearedSeq: 0, ...entry.marks, revision };
    const isShown = change.seq === entry.lastMessage?.seq || change.seq > readSeq;
    return { entry: { ...entry, marks }, isExact: !change.hidden || !isShown };
  }
  const { clearedSeq } = change;
  const isAll = entry.lastSeq <= clearedSeq;
  const marks: MarksHead = { revision, clearedSeq, ...(isAll && { removed: true }) };
  const unread = Math.min(entry.unread, Math.max(0, entry.lastSeq - Math.max(clearedSeq, readSeq)));
  return { entry: { ...entry, marks, unread }, isExact: isAll || readSeq >= clearedSeq };
}
