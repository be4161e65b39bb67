import { changeMark } from './change-mark.ts';
import type { DeleteInput } from './schemas.ts';
import type { ChatResult } from './types.ts';

/**
 * Deletes a message for one person alone, for good; whoever wrote it, also across a block. Their star on it goes, and no
 * mail that has yet to go shows it to them. Asking again is answered as done.
 *
 * Errors: `not_found` (not a member, or no such message), `invalid` (too many: the whole conversation can be).
 */
export async function hideMessage({
  memberId,
  conversationId,
  seq,
}: { memberId: string } & Omit<DeleteInput, 'scope'>): Promise<
  ChatResult<{ seq: number; revision: number }>
> {
  return changeMark({ memberId, conversationId, seq }, () => ({ starred: false, hidden: true }));
}
