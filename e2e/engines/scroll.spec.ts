import { numberTexts, sendMany } from '../support/bulk.ts';
import { startConversation } from '../support/enroll.ts';
import { button, pill } from './screen.ts';
import { expect, isShown, test } from './test.ts';
import { scrollAndWatch, statusOf, visibleSeqs } from './timeline.ts';

const COUNT = 150;
/** How far the place may move by itself: a quarter of a row (pixels). */
const STEP_PX = 10;

test('the history loads upwards and keeps its place; what comes does not move it, and a button leads down @once', async ({
  tab,
  join,
  addPerson,
  texts,
  baseURL,
}) => {
  const [me, partner] = await Promise.all([join(), addPerson('junho')]);
  const conversation = await startConversation(partner.context, me.username);
  await sendMany(partner, conversation, numberTexts(COUNT));
  await tab.open(`${baseURL}/chat/${conversation}?m=${COUNT}`);
  await expect.poll(() => visibleSeqs(tab)).toContain(COUNT);
  // The page itself takes the message out of its address once it stands there.
  await expect.poll(() => tab.run(() => location.search)).toBe('');

  const place = () => tab.run(() => document.querySelector('[role="log"]')?.scrollTop);
  await expect
    .poll(
      async () => {
        expect(await scrollAndWatch(tab, -500)).toBeLessThanOrEqual(STEP_PX);
        return (await visibleSeqs(tab))[0];
      },
      { timeout: 90_000, intervals: [0] },
    )
    .toBe(1);

  const before = await place();
  await sendMany(partner, conversation, ['below 1', 'below 2']);
  const unreadBelow = pill(2);
  await expect.poll(() => isShown(tab, unreadBelow)).toBe(true);
  expect(await place()).toBe(before);
  await tab.click(unreadBelow);
  await expect.poll(() => visibleSeqs(tab)).toContain(COUNT + 2);
  await expect.poll(() => isShown(tab, unreadBelow)).toBe(false);

  await scrollAndWatch(tab, -2_000);
  expect(await visibleSeqs(tab)).not.toContain(COUNT + 2);
  await tab.click(button(texts.chat.timeline.toNewest));
  await expect.poll(() => visibleSeqs(tab)).toContain(COUNT + 2);

  // At the end what comes is followed.
  await sendMany(partner, conversation, ['this follows']);
  await expect.poll(() => visibleSeqs(tab)).toContain(COUNT + 3);
  await expect.poll(() => statusOf(tab, 'this follows')).not.toBe('');
});
