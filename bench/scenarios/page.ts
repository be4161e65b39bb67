import { median } from '../core/stats.ts';
import type { Figure, Scenario } from '../core/types.ts';
import { writeLogs } from '../data/messages.ts';
import { addPairs, type BenchPair } from '../data/people.ts';
import {
  measureBusyConversation,
  measureHeap,
  measureOpen,
  measurePartnerPaint,
  measureScrolling,
  type Response,
} from '../page/browser.ts';
import { measurePageBytes } from '../page/bytes.ts';

const LOGIN_KB = 15;
const CHAT_KB = 80;
/** What web.dev calls a good Interaction to Next Paint (https://web.dev/articles/inp). */
const GOOD_INP_MS = 200;

/** What a page loads, how soon it is there on a slow phone, how it answers, and what it keeps. */
export const page: Scenario = async ({ world, isSmoke, seed, say }) => {
  const { bare, login, chat } = await measurePageBytes(world);
  const kb = (bytes: number) => bytes / 1000;
  say(`scripts: bare ${kb(bare.gzip)} kB, login ${kb(login.gzip)} kB, chat ${kb(chat.gzip)} kB`);
  const over = (what: string, own: number, atMost: number): Figure => ({
    what: `JavaScript of ${what} (gzip) over a bare Next page`,
    value: kb(own - bare.gzip),
    unit: 'kB',
    target: { atMost },
  });

  const database = await world.createDatabase();
  const count = isSmoke ? 300 : 10_000;
  const pairs = await addPairs(database.pool, 5);
  const logs = pairs.map((pair) => ({ pair, count }));
  await writeLogs(database.pool, logs, { seed, isBare: true });
  const node = await world.startNode(database);
  const place = (index: number) => ({
    baseUrl: node.url,
    pair: pairs[index] as BenchPair,
    quick: isSmoke,
  });
  try {
    const opens = [];
    for (let i = 0; i < (isSmoke ? 1 : 3); i++) opens.push(await measureOpen(place(0)));
    const firstMessage = median(opens.map((open) => open.firstMessage));
    const interactive = median(opens.map((open) => open.interactive));
    say(`slow phone: first message ${firstMessage.toFixed(0)} ms, interactive ${interactive.toFixed(0)} ms`);
    const scrolling = await measureScrolling(place(1));
    const busy = await measureBusyConversation(place(2));
    say(`interaction to next paint: scrolling ${scrolling.inp} ms, 50 messages/s ${busy.inp} ms`);
    const heap = await measureHeap(place(3));
    const partner = await measurePartnerPaint(place(4));
    return [
      { what: 'JavaScript of a bare Next page (gzip)', value: kb(bare.gzip), unit: 'kB' },
      over('/login', login.gzip, LOGIN_KB),
      over('/chat', chat.gzip, CHAT_KB),
      { what: 'slow 4G, processor 4 times slower: first message', value: firstMessage, unit: 'ms' },
      { what: 'the same: interactive', value: interactive, unit: 'ms' },
      ...answer(`scrolling ${count.toLocaleString('en-US')} messages`, scrolling),
      ...answer('while 50 messages/s arrive', busy),
      {
        what: `heap after ${heap.messages.toLocaleString('en-US')} messages came`,
        value: heap.after / 1e6,
        unit: 'MB',
        beside: { what: 'before', value: heap.before / 1e6 },
      },
      { what: 'Enter to painted in the partner’s browser, p50', value: partner.p50, unit: 'ms' },
      { what: 'Enter to painted in the partner’s browser, p99', value: partner.p99, unit: 'ms' },
    ];
  } finally {
    await node.stop();
  }
};

function answer(when: string, { inp, longestFrame }: Response): Figure[] {
  return [
    {
      what: `interaction to next paint, ${when}, processor 4 times slower`,
      value: inp,
      unit: 'ms',
      target: { atMost: GOOD_INP_MS },
    },
    { what: `longest frame, ${when}`, value: longestFrame, unit: 'ms' },
  ];
}
