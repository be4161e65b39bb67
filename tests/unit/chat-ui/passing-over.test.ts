import { expect, test } from 'vitest';
import { createPassingOver } from '#components/chat/timeline/passing-over.ts';
import { makeStoredItem } from '../../support/timeline-item.ts';

/** Thirty messages of the partner, and one's own behind them; the cursor stands at 10. */
const items = Array.from({ length: 31 }, (_, index) =>
  makeStoredItem({ seq: index + 1, senderId: index < 30 ? 'partner' : 'me', isMine: index === 30 }),
);
const at = (firstSeq: number | null, readSeq = 10) => ({ items, fromSeq: 1, readSeq, firstSeq });

/** A view that stands at the divider, as a conversation with unread messages opens. */
function openAtDivider() {
  const passing = createPassingOver();
  passing.place({ at: 'divider' });
  passing.look(false, at(9));
  return passing;
}

test('who scrolls down or asks for the end may pass over what they did not see', () => {
  const passing = openAtDivider();
  passing.look(false, at(25));
  expect(passing.isHeld(at(25))).toBe(false);
  const asking = openAtDivider();
  asking.goToEnd(false);
  asking.look(true, at(25));
  expect(asking.isHeld(at(25))).toBe(false);
});

test('one’s own message sent among unread ones leaves those it passed over unread until they are shown', () => {
  const passing = openAtDivider();
  passing.goToEnd(true);
  passing.look(true, at(25));
  expect(passing.isHeld(at(25))).toBe(true);
  // A part of the way up shows but a part of them, and the end again shows none.
  passing.look(false, at(15));
  expect(passing.isHeld(at(15))).toBe(true);
  passing.look(true, at(25));
  expect(passing.isHeld(at(25))).toBe(true);
  // All the way up they are shown.
  passing.look(false, at(11));
  expect(passing.isHeld(at(11))).toBe(false);
  passing.look(true, at(25));
  expect(passing.isHeld(at(25))).toBe(false);
});

test('one’s own message holds nothing where all is read or in sight', () => {
  const passing = openAtDivider();
  passing.goToEnd(true);
  expect(passing.isHeld(at(25, 30))).toBe(false);
  expect(passing.isHeld(at(11))).toBe(false);
  expect(passing.isHeld(at(null))).toBe(false);
});

test('a window that is replaced without a wish holds what it left out, until the person goes somewhere', () => {
  const passing = createPassingOver();
  const start = { at: 'divider' } as const;
  passing.place(start);
  expect(passing.isHeld(at(25))).toBe(false);
  passing.place(start);
  expect(passing.isHeld(at(25))).toBe(true);
  passing.place({ at: 'divider' });
  expect(passing.isHeld(at(25))).toBe(false);
});

test('one’s own message sent from an older part holds what lies between it and the end', () => {
  const passing = createPassingOver();
  const link = { at: 'seq', seq: 3 } as const;
  passing.place(link);
  passing.goToEnd(true);
  // The older part still stands while the newest page is fetched, and is looked at meanwhile.
  passing.look(false, at(3));
  passing.place(link);
  expect(passing.isHeld(at(25))).toBe(true);
  passing.place({ at: 'end', isAside: true });
  passing.look(true, at(25));
  expect(passing.isHeld(at(25))).toBe(true);
});
