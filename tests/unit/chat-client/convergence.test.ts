import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectFresh, settleAll, World } from './harness.ts';
import { ME, ModelServer, PARTNER } from './model-server.ts';
import { anyStep, deviceStep, play, type Step, writePast } from './steps.ts';

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

async function begin(): Promise<World> {
  const world = new World(CONVERSATIONS);
  writePast(world.server);
  world.start();
  world.actions.open('conversation-a');
  await world.settle();
  return world;
}

/** Asserts that what was written there is in the log once, in the order in which it was written, and waits no more. */
function expectSent(world: World, written: Map<string, string[]>): void {
  for (const [id, clientIds] of written) {
    const log = world.server.conversation(id).log.map((message) => message.clientId);
    expect(log.filter((clientId) => clientIds.includes(clientId))).toEqual(clientIds);
  }
  // The text of a refused edit waits for the composer.
  expect([...world.disk.pending.values()].filter(({ state }) => state !== 'failed')).toEqual([]);
}

test('after any interleaving of events, losses, repeats, reloads and syncs the state equals a fresh fetch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 30, maxLength: 120 }), async (steps) => {
      const world = await begin();
      const written = new Map<string, string[]>();
      for (const next of steps) await play(world, next, written);
      // What every connection begins with, whatever came before it.
      world.network.disconnect();
      await world.settle();
      expectFresh(world);
      expectSent(world, written);
    }),
    { numRuns: 400 },
  );
}, 60_000);

/** A sync that a deletion asked for is answered, and before the answer is there the next message is. */
const OVERTAKEN_SYNC: Step[] = [
  { do: 'partnerSends', conversation: 'conversation-b' },
  { do: 'othersDelete', conversation: 'conversation-b', share: 0 },
  { do: 'deliverAll' },
  { do: 'deliverAll' },
  { do: 'partnerSends', conversation: 'conversation-b' },
  { do: 'partnerReads', conversation: 'conversation-a', share: 0 },
  { do: 'othersEdit', conversation: 'conversation-a', share: 0 },
  { do: 'deliverAll' },
  { do: 'deliverAll' },
  { do: 'wait', share: 0 },
  { do: 'reads', conversation: 'conversation-a', share: 0 },
  { do: 'deliver', share: 0 },
  { do: 'deliver', share: 0 },
  { do: 'partnerSends', conversation: 'conversation-a' },
  { do: 'deliverAll' },
];

/** Both devices read messages that this one has not loaded, and what the server tells of it gets lost. */
const READ_UNLOADED: Step[] = [
  { do: 'otherDeviceReads', conversation: 'conversation-a', share: 0.438 },
  { do: 'reads', conversation: 'conversation-a', share: 0.438 },
  { do: 'lose', share: 0 },
];

test('a client that stays connected converges by heads alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 80 }), async (steps) => {
      const world = await begin();
      const hasNoEvent = (name: Step['do']) => name === 'block' || name === 'disconnect' || name === 'reload';
      for (const next of steps) if (!hasNoEvent(next.do)) await play(world, next, new Map());
      world.server.emit('heads', world.server.heads());
      await world.settle();
      expectFresh(world);
    }),
    { numRuns: 300, examples: [[OVERTAKEN_SYNC], [READ_UNLOADED]] },
  );
}, 60_000);

test('two people with two devices each come to the same, whatever they change at once and whatever gets lost', async () => {
  const stepOfDevice = fc.tuple(fc.nat({ max: 3 }), deviceStep);
  await fc.assert(
    fc.asyncProperty(fc.array(stepOfDevice, { minLength: 40, maxLength: 160 }), async (steps) => {
      const server = new ModelServer();
      for (const id of CONVERSATIONS) server.addConversation(id);
      writePast(server);
      const devices = [ME, ME, PARTNER, PARTNER].map((userId) => new World([], server, userId));
      const tell =
        (receivers: World[]): ModelServer['emit'] =>
        (name, payload) => {
          for (const { network } of receivers) network.carry(name, payload);
        };
      server.emit = tell(devices.slice(0, 2));
      server.emitToPartner = tell(devices.slice(2));
      for (const device of devices) {
        device.start();
        device.actions.open('conversation-a');
      }
      await settleAll(devices);
      const written = devices.map(() => new Map<string, string[]>());
      for (const [index, next] of steps) {
        await play(devices[index] as World, next, written[index] as Map<string, string[]>);
      }
      for (const { network } of devices) network.disconnect();
      await settleAll(devices);
      devices.forEach((device, index) => {
        expectFresh(device);
        expectSent(device, written[index] as Map<string, string[]>);
        device.stop();
      });
    }),
    { numRuns: 120 },
  );
}, 60_000);
