import type { Page } from '@playwright/test';
import { makeTexts } from '../data/texts.ts';
import { goToMessage, openConversation, slowDown, withPage } from './chromium.ts';
import { type Response, readResponse, watchResponse } from './interactions.ts';
import type { Place } from './place.ts';
import { openSpeaker } from './speaker.ts';

const RATE = 50;
const SECONDS = 20;

/**
 * How a page on a slow processor answers while a person goes from the newest message of a conversation to its first
 * by Page Up and the wheel in turn.
 *
 * @throws when the first message does not come into sight.
 */
export function measureScrolling(place: Place): Promise<Response> {
  return withPage(place, async (page, cdp) => {
    await openConversation(page, place);
    if (!place.quick) await slowDown(cdp, place.slowdown);
    await page.getByRole('log').focus();
    const box = await page.getByRole('log').boundingBox();
    if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await watchResponse(page);
    let count = 0;
    while (count < (place.quick ? 20 : 5_000) && !(await isAtFirst(page))) {
      await page.keyboard.press('PageUp');
      await page.mouse.wheel(0, -1_800);
      count += 1;
    }
    if (!place.quick && !(await isAtFirst(page))) throw new Error('the first message never came into sight');
    return readResponse(page, count);
  });
}

function isAtFirst(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        // Not aligned with frames, and not as fast as the protocol allows, because no finger is.
        setTimeout(() => {
          const first = document.querySelector('[role=log] article[data-seq="1"]');
          resolve((first?.getBoundingClientRect().bottom ?? -1) > 0);
        }, 30);
      }),
  );
}

/** How it answers while the partner sends 50 messages a second and a person types, sends, and clicks. */
export function measureBusyConversation(place: Place): Promise<Response> {
  return withPage(place, async (page, cdp) => {
    await openConversation(page, place);
    if (!place.quick) await slowDown(cdp, place.slowdown);
    const speaker = await openSpeaker(place);
    try {
      await watchResponse(page);
      const texts = makeTexts(1, RATE * (place.quick ? 1 : SECONDS));
      let isOver = false;
      const spoken = speaker.say(texts, RATE).finally(() => (isOver = true));
      let count = 0;
      for (; !isOver; count++) await act(page, count);
      const lastSeq = await spoken;
      await goToMessage(page, lastSeq);
      return await readResponse(page, count);
    } finally {
      speaker.close();
    }
  });
}

/** One interaction a tenth of a second: mostly a letter, now and then a sent line, the menu, or the end. */
async function act(page: Page, turn: number): Promise<void> {
  const step = turn % 13;
  if (step === 9) await page.getByRole('textbox').press('Enter');
  else if (step === 10) await page.locator('button[aria-haspopup=menu]').click();
  else if (step === 11) await page.keyboard.press('Escape');
  else if (step === 12) await page.getByRole('log').press('End');
  else await page.getByRole('textbox').press('abcdefghi'.charAt(step));
  await page.waitForTimeout(100);
}
