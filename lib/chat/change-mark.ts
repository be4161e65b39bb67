import { getDb } from '#db/client.ts';
import { emptyFailedMails } from '#db/queries/mail-content.ts';
import {
  countMarks,
  findMark,
  lockMarks,
  type MarkState,
  putMark,
  takeMarksRevision,
} from '#db/queries/marks.ts';
import { selectMembership } from '#db/queries/memberships.ts';
import { forgetKeptStar } from '#db/queries/undos.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { canMarkMessages } from './permissions.ts';
import { MAX_MARKS } from './sizes.ts';
import type { ChatResult, MarksChange } from './types.ts';
import { fail } from './wire.ts';

type Place = { memberId: string; conversationId: string; seq: number };
type Found = MarkState & { isDeleted: boolean };
type Outcome = ChatResult<{ revision: number; marked?: MarkState }>;

/**
 * Changes what one person keeps to themselves about a message, and tells their own devices. The conversation takes no
 * revision, and the partner hears nothing. What is so already is told no second time.
 *
 * @param decide how the message stands to them from now on; undefined when it cannot.
 *
 * Errors: `not_found` (not a member, no such message, or it cannot), `invalid` (they have marked too many here).
 */
export async function changeMark(
  place: Place,
  decide: (found: Found) => MarkState | undefined,
): Promise<ChatResult<{ seq: number; revision: number }>> {
  const { memberId, conversationId, seq } = place;
  if (!canMarkMessages(await selectMembership(place))) return fail('not_found');
  const outcome = await getDb().transaction((tx) => commitMark(tx, place, decide));
  if (!outcome.ok) return outcome;
  const { revision, marked } = outcome.value;
  const change: MarksChange | undefined = marked && { conversationId, revision, seq, ...marked };
  if (change) chatEvents.emit('marks:changed', { viewerId: memberId, change });
  return ok({ seq, revision });
}

async function commitMark(
  tx: Parameters<typeof lockMarks>[0],
  place: Place,
  decide: (found: Found) => MarkState | undefined,
): Promise<Outcome> {
  const side = await lockMarks(tx, place);
  const found = side && (await findMark(tx, place));
  if (!found) return fail('not_found');
  const isCleared = place.seq <= side.clearedSeq;
  const next = decide(isCleared ? { isDeleted: found.isDeleted, starred: false, hidden: true } : found);
  if (!next) return fail('not_found');
  // The star went with the deletion, and would come back with its undo.
  if (found.isDeleted && !next.starred) await forgetKeptStar(tx, place, place.memberId);
  const { revision } = side;
  if (isCleared || (next.starred === found.starred && next.hidden === found.hidden)) return ok({ revision });
  const isNew = !found.starred && !found.hidden;
  if (isNew && (await countMarks(tx, place)) >= MAX_MARKS) return fail('invalid');
  await putMark(tx, place, next);
  const taken = await takeMarksRevision(tx, place);
  if (next.hidden) await emptyFailedMails(tx, place);
  return ok({ revision: taken, marked: next });
}
