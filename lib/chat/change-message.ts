import { getDb, type Tx } from '#db/client.ts';
import { type ChangeKind, type LockedMessage, lockMessage, recordChange } from '#db/queries/changes.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import type { ChatResult, ErrorCode, Message } from './types.ts';
import { fail, toMessage } from './wire.ts';

/** The message that a member wants to change. */
export type ChangePlace = { memberId: string; conversationId: string; seq: number };

/** A way in which stored messages change. The message it is given stays as it is until the change is committed. */
export type MessageChange = {
  kind: ChangeKind;
  /** Why this member may not change this message; undefined when they may. */
  refuse(found: LockedMessage, memberId: string): ErrorCode | undefined;
  /** True when the message is already as the change would leave it. */
  isMade(found: LockedMessage): boolean;
  /** Writes what changes, except the revision; false when it can be made no more. */
  apply(tx: Tx, found: LockedMessage): Promise<boolean>;
};

/** `memberIds` are the two who are told; nobody when the change was made before. */
type Outcome = ChatResult<{ message: Message; memberIds: string[] }>;

/**
 * Changes a stored message and tells both members. Every change but a send goes this way: it takes the
 * conversation's next revision under the lock that sends hold too, and is noted for heads, so that a client
 * which misses the event hears of it there and fetches it by `conversation:sync`.
 *
 * A change that was made before is answered with the message as it stands, and told no second time.
 *
 * Errors: `not_found` (not a member, or no such message), `too_late` (it can be made no more), and those of the change.
 */
export async function changeMessage(
  place: ChangePlace,
  change: MessageChange,
): Promise<ChatResult<{ message: Message }>> {
  const outcome = await commitChange(place, change);
  if (!outcome.ok) return outcome;
  const { message, memberIds } = outcome.value;
  if (memberIds.length > 0) chatEvents.emit('message:changed', { kind: change.kind, message, memberIds });
  return ok({ message });
}

function commitChange(place: ChangePlace, change: MessageChange): Promise<Outcome> {
  const { memberId, conversationId, seq } = place;
  return getDb().transaction(async (tx): Promise<Outcome> => {
    const found = await lockMessage(tx, place);
    if (!found) return fail('not_found');
    const refusal = change.refuse(found, memberId);
    if (refusal) return fail(refusal);
    if (change.isMade(found)) return ok({ message: toMessage(found.message), memberIds: [] });
    if (!(await change.apply(tx, found))) return fail('too_late');
    const changed = await recordChange(tx, { conversationId, seq, kind: change.kind });
    return ok({ message: toMessage(changed), memberIds: found.memberIds });
  });
}
