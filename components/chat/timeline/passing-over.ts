import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { TimelineStart } from './timeline-start.ts';
import { isPassedOver } from './unread-below.ts';

type Look = {
  items: readonly TimelineItem[];
  /** Where what is loaded begins. */
  fromSeq: number;
  readSeq: number;
  /** The oldest stored message in sight. */
  firstSeq: number | null;
};

export type PassingOver = ReturnType<typeof createPassingOver>;

/**
 * Tells whether what a view passed over without showing it counts as read, as a cursor reads all that lies
 * below it. The person may pass over messages, by scrolling or by going to the end; a window that is replaced
 * under them and their own message may not.
 */
export function createPassingOver() {
  let isWished = true;
  let lastStart: TimelineStart | null = null;

  const hasUnseenAbove = ({ items, fromSeq, readSeq, firstSeq }: Look) =>
    firstSeq !== null && isPassedOver({ items, fromSeq }, readSeq, firstSeq);

  return {
    /** The list was sent to `start`; under the same start its window was replaced, which is nobody's wish. */
    place(start: TimelineStart) {
      isWished = start !== lastStart && !(start.at === 'end' && start.isAside);
      lastStart = start;
    },
    /** The list goes to the end; `isAside` when nobody asked for it. */
    goToEnd(isAside: boolean) {
      isWished = !isAside;
    },
    /** The view was laid out. Letting go of the end is a wish only where the way there has shown all that is unread. */
    look(isStuck: boolean, look: Look) {
      if (!isStuck && !hasUnseenAbove(look)) isWished = true;
    },
    /** True while something was passed over that must stay unread. */
    isHeld: (look: Look) => !isWished && hasUnseenAbove(look),
  };
}
