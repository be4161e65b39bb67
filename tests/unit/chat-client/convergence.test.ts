import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectFresh, World } from './harness.ts';
import { ME, PARTNER } from './model-server.ts';

const CONVERSATIONS = ['conversation-a', 'conversation-b'];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('navigator', undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const conversation = fc.constantFrom('conversation-a', 'conversation-a', 'conversation-a', 'conversation-b');
const share = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('partnerSends' as const), conversation }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('viewerSends' as const), conversation }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('otherDeviceSends' as const), conversation }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), conversation, share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), conversation, share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('partnerReads' as const), conversation, share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('otherDeviceReads' as const), conversation, share }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('viewerReads' as const), conversation, share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), conversation }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), conversation }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('loadBefore' as const), conversation }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('loadAfter' as const), conversation }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), conversation, share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jumpToNewest' as const), conversation }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('deliver' as const), share }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliverAll' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), share }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('heads' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), share }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Two people with a past; the first conversation is open. */
async function begin(): Promise<World> {
  const world = new World(CONVERSATIONS);
  world.server.pageSize = 4;
  for (let index = 0; index < 16; index++) {
    const sender = index % 3 === 0 ? ME : PARTNER;
    world.server.send(sender, {
      conversationId: 'conversation-a',
      clientId: `past${index}`,
      body: `past ${index}`,
    });
  }
  world.start();
  world.actions.open('conversation-a');
  await world.settle();
  return world;
}

/** Plays one step; `written` notes what the viewer wrote, in order. */
async function play(world: World, step: Step, written: Map<string, string[]>): Promise<void> {
  const { server, network, actions } = world;
  const at = (size: number) => Math.floor((step as { share: number }).share * 0.999 * size);
  const { conversation = '' } = step as { conversation?: string };
  const seq = () => 1 + at(server.conversation(conversation).log.length);
  const nth = server.clock;
  switch (step.do) {
    case 'partnerSends':
      server.send(PARTNER, { conversationId: conversation, clientId: `p${nth}`, body: `partner ${nth}` });
      break;
    case 'otherDeviceSends':
      server.send(ME, { conversationId: conversation, clientId: `d${nth}`, body: `device ${nth}` });
      break;
    case 'viewerSends': {
      const list = written.get(conversation) ?? [];
      written.set(conversation, list);
      const body = `viewer ${conversation} ${list.length}`;
      list.push(actions.send(conversation, { text: body }) as string);
      break;
    }
    case 'edit':
      server.edit(conversation, seq());
      break;
    case 'delete': {
      const message = server.conversation(conversation).log[seq() - 1];
      if (message) server.delete(message.senderId, { ...message, scope: 'both' });
      break;
    }
    case 'partnerReads':
      server.moveCursor(PARTNER, 'read', conversation, seq());
      break;
    case 'otherDeviceReads':
      server.moveCursor(ME, 'read', conversation, seq());
      break;
    case 'viewerReads':
      actions.markRead(conversation, seq());
      break;
    case 'block':
      server.setBlocked(conversation, !server.conversation(conversation).blocked);
      break;
    case 'open':
      actions.open(conversation);
      break;
    case 'loadBefore':
      actions.loadBefore(conversation);
      break;
    case 'loadAfter':
      actions.loadAfter(conversation);
      break;
    case 'jump':
      void actions.jumpTo(conversation, seq());
      break;
    case 'jumpToNewest':
      void actions.jumpToNewest(conversation);
      break;
    case 'deliver':
      network.deliver(at(network.queue.length));
      break;
    case 'deliverAll':
      for (let count = network.queue.length; count > 0; count--) network.deliver();
      break;
    case 'lose':
      network.queue.splice(at(network.queue.length), 1);
      break;
    case 'repeat': {
      const task = network.queue[at(network.queue.length)];
      if (task) network.queue.push(task);
      break;
    }
    case 'connect':
      network.connect();
      break;
    case 'disconnect':
      network.disconnect();
      break;
    case 'heads':
      server.emit('heads', server.heads());
      break;
    case 'reload':
      world.reload();
      break;
    case 'wait':
      await vi.advanceTimersByTimeAsync(at(15_000));
  }
  await vi.advanceTimersByTimeAsync(0);
}

test('after any interleaving of events, losses, repeats, reloads and syncs the state equals a fresh fetch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
      const world = await begin();
      const written = new Map<string, string[]>();
      for (const next of steps) await play(world, next, written);
      // What every connection begins with, whatever came before it.
      world.network.disconnect();
      await world.settle();
      expectFresh(world);
      for (const [id, clientIds] of written) {
        const log = world.server.conversation(id).log.map((message) => message.clientId);
        expect(log.filter((clientId) => clientIds.includes(clientId))).toEqual(clientIds);
      }
      expect(world.disk.pending.size).toBe(0);
    }),
    { numRuns: 400 },
  );
}, 60_000);

/** A sync that a deletion asked for is answered, and before the answer is there the next message is. */
const OVERTAKEN_SYNC: Step[] = [
  { do: 'partnerSends', conversation: 'conversation-b' },
  { do: 'delete', conversation: 'conversation-b', share: 0 },
  { do: 'deliverAll' },
  { do: 'deliverAll' },
  { do: 'partnerSends', conversation: 'conversation-b' },
  { do: 'partnerReads', conversation: 'conversation-a', share: 0 },
  { do: 'edit', conversation: 'conversation-a', share: 0 },
  { do: 'deliverAll' },
  { do: 'deliverAll' },
  { do: 'wait', share: 0 },
  { do: 'viewerReads', conversation: 'conversation-a', share: 0 },
  { do: 'deliver', share: 0 },
  { do: 'deliver', share: 0 },
  { do: 'partnerSends', conversation: 'conversation-a' },
  { do: 'deliverAll' },
];

test('a client that stays connected converges by heads alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const world = await begin();
      const hasNoEvent = (name: Step['do']) => name === 'block' || name === 'disconnect' || name === 'reload';
      for (const next of steps) if (!hasNoEvent(next.do)) await play(world, next, new Map());
      world.server.emit('heads', world.server.heads());
      await world.settle();
      expectFresh(world);
    }),
    { numRuns: 300, examples: [[OVERTAKEN_SYNC]] },
  );
}, 60_000);
