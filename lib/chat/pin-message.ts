import { listPin, setPin, unlistPin } from '#db/queries/pins.ts';
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
 * Errors: `not_found` (not a member, no such message, or it was deleted), `blocked`, `invalid` (an eleventh pin).
 */
export async function pinMessage(
  input: { memberId: string } & PinInput,
): Promise<ChatResult<{ message: Message }>> {
  const { memberId, on } = input;
  return changeMessage(input, pinning(memberId, on));
}
