import { toPreview } from '#lib/chat/preview.ts';
import { UNREAD_LIMIT } from '#lib/chat/sizes.ts';
import type { ConversationEntry, Cursors, MarksHead, Message } from '#lib/chat/types.ts';
import { hasSameSettings, isSameEntry } from './entry-fields.ts';

const NO_CURSORS = { deliveredSeq: 0, readSeq: 0 };

/** The cursors of one member; zeros when nothing is known. */
export function getCursors(entry: ConversationEntry | null, userId: string): Omit<Cursors, 'userId'> {
  return entry?.cursors.find((cursors) => cursors.userId === userId) ?? NO_CURSORS;
}

/** When a conversation last showed activity; the list is sorted by it. */
export function getActivityTime(entry: ConversationEntry): string {
  return entry.lastMessage?.createdAt ?? entry.createdAt;
}

/** Joins two accounts of the same cursors. They only grow, so the larger one is the truth. */
export function mergeCursors(known: Cursors[], heard: readonly Cursors[]): Cursors[] {
  let merged = known;
  for (const next of heard) {
    const index = merged.findIndex((cursors) => cursors.userId === next.userId);
    const old = merged[index];
    if (!old) {
      merged = [...merged, pickCursors(next)];
    } else if (next.deliveredSeq > old.deliveredSeq || next.readSeq > old.readSeq) {
      merged = merged.with(index, {
        userId: old.userId,
        deliveredSeq: Math.max(old.deliveredSeq, next.deliveredSeq),
        readSeq: Math.max(old.readSeq, next.readSeq),
      });
    }
  }
  return merged;
}

function pickCursors({ userId, deliveredSeq, readSeq }: Cursors): Cursors {
  return { userId, deliveredSeq, readSeq };
}

/**
 * Applies the change at the entry's next revision. `isExact` is false when the unread count or the newest message must
 * be asked anew: a change does not say whether a message was unread before, nor which one is newest after one vanished.
 */
export function applyMessage(
  entry: ConversationEntry,
  message: Message,
  viewerId: string,
): { entry: ConversationEntry; isExact: boolean } {
  const isOwn = message.senderId === viewerId;
  const { readSeq } = getCursors(entry, viewerId);
  const next = { ...entry, revision: message.revision };
  const shownSeq = entry.lastMessage?.seq ?? 0;
  // Without its text; which message stands there instead is asked.
  const hidesNewest = message.vanished === true && message.seq === shownSeq;
  if (message.seq >= shownSeq && (!message.vanished || hidesNewest)) next.lastMessage = toPreview(message);
  if (entry.marks?.removed && showsSince(next)) next.marks = list(entry.marks);
  if (message.seq > entry.lastSeq) {
    next.lastSeq = message.seq;
    // Writing moves one's own cursors as well, but only the server knows whether: it tells.
    if (!isOwn && !message.deletedAt && message.seq > readSeq) {
      next.unread = Math.min(UNREAD_LIMIT, entry.unread + 1);
    }
    return { entry: next, isExact: true };
  }
  return { entry: next, isExact: !hidesNewest && (isOwn || message.seq <= readSeq) };
}

/**
 * Joins the known entry with another account of it, of any age. `isExact` is false when the unread
 * count (or the block, or the mute) must be asked anew.
 */
export function mergeEntry(
  known: ConversationEntry | null,
  heard: ConversationEntry,
  viewerId: string,
): { entry: ConversationEntry; isExact: boolean } {
  if (!known) return { entry: heard, isExact: true };
  const cursors = mergeCursors(known.cursors, heard.cursors);
  const readSeq = getCursors(known, viewerId).readSeq;
  const heardReadSeq = getCursors(heard, viewerId).readSeq;
  const marksLead = getMarksRevision(heard) - getMarksRevision(known);
  if (heard.revision < known.revision) {
    const marks = joinMarks(known, heard);
    const isSame = cursors === known.cursors && marks === known.marks;
    const entry = isSame ? known : { ...known, cursors, ...(marks && { marks }) };
    return { entry, isExact: heardReadSeq <= readSeq && marksLead <= 0 && hasSameSettings(heard, known) };
  }
  const marks = joinMarks(known, heard);
  const entry = { ...heard, cursors, ...(marks && { marks }) };
  if (heardReadSeq >= readSeq) {
    return { entry: isSameEntry(known, entry) ? known : entry, isExact: marksLead >= 0 };
  }
  // Read further here than the server knew when it counted.
  entry.unread = Math.min(heard.unread, Math.max(0, heard.lastSeq - readSeq));
  return { entry, isExact: entry.unread === 0 && marksLead >= 0 };
}

const getMarksRevision = ({ marks }: ConversationEntry) => marks?.revision ?? 0;

/**
 * True where something is shown that came after what the viewer cleared: it is in the list. Where nothing is, only the server
 * knows: what is hidden keeps it there, what vanished does not.
 */
export function showsSince({ lastMessage, marks }: ConversationEntry): boolean {
  return (lastMessage?.seq ?? 0) > (marks?.clearedSeq ?? 0);
}

function list({ removed: _, ...marks }: MarksHead): MarksHead {
  return marks;
}

/** The newer account of the marks; with newer messages of the other, what those show puts it back into the list. */
function joinMarks(known: ConversationEntry, heard: ConversationEntry): MarksHead | undefined {
  const lead = getMarksRevision(heard) - getMarksRevision(known);
  const isHeardNewer = lead > 0 || (lead === 0 && heard.revision >= known.revision);
  const [{ marks, revision }, other] = isHeardNewer ? [heard, known] : [known, heard];
  return marks?.removed && other.revision > revision && showsSince({ ...other, marks }) ? list(marks) : marks;
}
