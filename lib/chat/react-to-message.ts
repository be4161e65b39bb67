import { setReactions } from '#db/queries/set-reactions.ts';
import { changeMessage, type MessageChange } from './change-message.ts';
import { changeReactions, hasReaction } from './reactions.ts';
import type { ReactInput } from './schemas.ts';
import { MAX_REACTION_KINDS } from './sizes.ts';
import type { ChatResult, Message } from './types.ts';

const reaction = (memberId: string, emoji: string, on: boolean): MessageChange => ({
  kind: 'react',
  refuse({ message, isSealed }) {
    if (message.deletedAt) return 'not_found';
    const kinds = message.reactions ?? [];
    if (hasReaction(kinds, emoji, memberId) === on) return undefined;
    if (isSealed) return 'blocked';
    const isNewKind = on && kinds.every((kind) => kind.emoji !== emoji);
    return isNewKind && kinds.length >= MAX_REACTION_KINDS ? 'invalid' : undefined;
  },
  isMade: ({ message }) => hasReaction(message.reactions ?? [], emoji, memberId) === on,
  async apply(tx, { message }) {
    await setReactions(
      tx,
      message,
      changeReactions(message.reactions ?? [], { emoji, userId: memberId, on }),
    );
    return true;
  },
});

/**
 * Puts an emoji on a message, or takes one's own away. Each of the two can put each emoji there once; a message takes
 * `MAX_REACTION_KINDS`. Asking for what is so already answers with the message as it is.
 *
 * Errors: `not_found` (not a member, no such message, or it was deleted), `blocked`, `invalid` (one kind too many).
 */
export async function reactToMessage(
  input: { memberId: string } & ReactInput,
): Promise<ChatResult<{ message: Message }>> {
  const { memberId, emoji, on } = input;
  return changeMessage(input, reaction(memberId, emoji, on));
}
