import { findGonePin, listPin, setPin, unlistPin } from '#db/queries/pins.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import type { PinInput } from './schemas.ts';
import { MAX_PINS } from './sizes.ts';
import type { ChatResult, Message } from './types.ts';

const pinning = (memberId: string, on: boolean): MessageChange => ({
  kind: 'pin',
  refuse({ message, isSealed, pinnedSeqs }) {
    if (message.deletedAt) return 'not_found';
    if ((message.pinnedAt !== null) === on) return undefined;
    if (isSealed) return 'blocked';
    return on && pinnedSeqs.length >= MAX_PINS ? 'invalid' : undefined;
  },
  isMade: ({ message }) => (message.pinnedAt !== null) === on,
  async apply(tx, { message }) {
    await (on ? listPin : unlistPin)(tx, message);
    await setPin(tx, message, on ? memberId : null);
    return true;
  },
});

/**
 * Pins a message for both people, or takes the pin away, whoever of them set it. A conversation has at most `MAX_PINS`.
 * Asking for what is so already answers with the message as it is: who pinned it first stays.
 *
 * Where there is no room, a pin that the member cannot see goes first, the oldest of them: they deleted its message for
 * themselves, and cannot take it away by hand.
 *
 * Errors: `not_found` (not a member, no such message, or it was deleted), `blocked`, `invalid` (an eleventh pin that they see).
 */
export async function pinMessage(
  input: { memberId: string } & PinInput,
): Promise<ChatResult<{ message: Message }>> {
  const { memberId, conversationId, on } = input;
  const pinned = await changeMessage(input, pinning(memberId, on));
  if (pinned.ok || pinned.error.code !== 'invalid') return pinned;
  const seq = await findGonePin({ memberId, conversationId });
  if (seq === undefined) return pinned;
  await changeMessage({ memberId, conversationId, seq }, pinning(memberId, false));
  // Somebody else may have taken the place meanwhile; each turn leaves one less that can make room.
  return pinMessage(input);
}
