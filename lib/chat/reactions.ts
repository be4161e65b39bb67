import type { Reaction } from './types.ts';

/** Whether a person has put this emoji there. */
export function hasReaction(reactions: readonly Reaction[], emoji: string, userId: string): boolean {
  return reactions.some((kind) => kind.emoji === emoji && kind.userIds.includes(userId));
}

/** The reactions of a message after one person sets or takes one; a new kind comes last, one of nobody goes. */
export function changeReactions(
  reactions: readonly Reaction[],
  { emoji, userId, on }: { emoji: string; userId: string; on: boolean },
): Reaction[] {
  if (hasReaction(reactions, emoji, userId) === on) return [...reactions];
  if (on && reactions.every((kind) => kind.emoji !== emoji))
    return [...reactions, { emoji, userIds: [userId] }];
  return reactions.flatMap((kind) => {
    if (kind.emoji !== emoji) return [kind];
    const userIds = on ? [...kind.userIds, userId] : kind.userIds.filter((id) => id !== userId);
    return userIds.length > 0 ? [{ emoji, userIds }] : [];
  });
}
