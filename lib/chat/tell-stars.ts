import type { MarkedPerson } from '#db/queries/marks.ts';
import { chatEvents } from './events.ts';

/** Tells people, each alone, that their star on a message went with it, or came back with it. */
export function tellStars(
  { conversationId, seq }: { conversationId: string; seq: number },
  people: readonly MarkedPerson[],
  starred: boolean,
): void {
  for (const { userId: viewerId, revision } of people) {
    const change = { conversationId, revision, seq, starred, hidden: false };
    chatEvents.emit('marks:changed', { viewerId, change });
  }
}
