import type { CDPSession } from '@playwright/test';
import { makeTexts } from '../data/texts.ts';
import { goToMessage, openConversation, withPage } from './chromium.ts';
import type { Place } from './place.ts';
import { openSpeaker } from './speaker.ts';

/** One message a second for an hour. */
const MESSAGES = 3_600;
const RATE = 200;

/** The page's JavaScript heap after garbage collection; bytes. */
export type Heap = { before: number; after: number; messages: number };

/** The heap of a page whose open conversation receives an hour's messages, quickly, against what it was before. */
export function measureHeap(place: Place): Promise<Heap> {
  return withPage(place, async (page, cdp) => {
    const texts = makeTexts(1, place.quick ? RATE : MESSAGES);
    await openConversation(page, place);
    const speaker = await openSpeaker(place);
    try {
      // The first of each kind brings code and caches of its own.
      await speaker.say(texts.slice(0, 50), RATE);
      const before = await readHeap(cdp);
      const lastSeq = await speaker.say(texts, RATE);
      await goToMessage(page, lastSeq);
      return { before, after: await readHeap(cdp), messages: texts.length };
    } finally {
      speaker.close();
    }
  });
}

async function readHeap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  // What the first frees may hold the last reference to something else.
  for (let pass = 0; pass < 3; pass++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
