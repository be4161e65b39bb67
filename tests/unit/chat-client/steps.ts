import fc from 'fast-check';
import { vi } from 'vitest';
import type { Message } from '#lib/chat/types.ts';
import type { Draft } from '#lib/chat-client/outbox/draft.ts';
import type { World } from './harness.ts';
import { ME, type ModelServer, PARTNER } from './model-server.ts';

/** What can happen to a device, its network and its person, in any order. */

const conversation = fc.constantFrom('conversation-a', 'conversation-a', 'conversation-a', 'conversation-b');
/** Any place as likely as the other; numbers drawn as usual lie near the first. */
const share = fc.noBias(fc.integer({ min: 0, max: 999 })).map((part) => part / 1000);
const emoji = fc.constantFrom('👍', '❤️');
const make = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), conversation });
const makeAt = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), conversation, share });
const makeReaction = <Name extends string>(name: Name) =>
  fc.record({ do: fc.constant(name), conversation, share, emoji, on: fc.boolean() });
const makeSwitch = <Name extends string>(name: Name) =>
  fc.record({ do: fc.constant(name), conversation, share, on: fc.boolean() });
const makePlain = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name) });
const makeShare = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), share });

/** What the device's person does there. */
const own = [
  { weight: 3, arbitrary: make('sends') },
  { weight: 2, arbitrary: makeAt('replies') },
  { weight: 4, arbitrary: makeAt('edits') },
  { weight: 1, arbitrary: makeAt('beginsEdit') },
  { weight: 2, arbitrary: makeAt('deletes') },
  { weight: 2, arbitrary: makeAt('undeletes') },
  { weight: 2, arbitrary: makeReaction('reacts') },
  { weight: 2, arbitrary: makeSwitch('pins') },
  { weight: 2, arbitrary: makeSwitch('stars') },
  { weight: 2, arbitrary: makeAt('hides') },
  { weight: 1, arbitrary: makeAt('clears') },
  { weight: 2, arbitrary: makeAt('forwards') },
  { weight: 2, arbitrary: makeAt('reads') },
  { weight: 2, arbitrary: make('open') },
  { weight: 3, arbitrary: make('loadBefore') },
  { weight: 1, arbitrary: make('loadAfter') },
  { weight: 1, arbitrary: makeAt('jump') },
  { weight: 1, arbitrary: make('jumpToNewest') },
  { weight: 2, arbitrary: makeShare('wait') },
];
/** What others do: the partner, and the person at other devices, as the server sees it. */
const others = [
  { weight: 4, arbitrary: make('partnerSends') },
  { weight: 1, arbitrary: make('otherDeviceSends') },
  { weight: 1, arbitrary: makeAt('othersReply') },
  { weight: 3, arbitrary: makeAt('othersEdit') },
  { weight: 2, arbitrary: makeAt('othersDelete') },
  { weight: 2, arbitrary: makeAt('othersUndelete') },
  { weight: 2, arbitrary: makeReaction('othersReact') },
  { weight: 2, arbitrary: makeSwitch('othersPin') },
  { weight: 1, arbitrary: makeSwitch('otherDeviceStars') },
  { weight: 1, arbitrary: makeAt('otherDeviceHides') },
  { weight: 1, arbitrary: makeAt('otherDeviceClears') },
  { weight: 1, arbitrary: makeAt('partnerReads') },
  { weight: 1, arbitrary: makeAt('otherDeviceReads') },
  { weight: 1, arbitrary: make('block') },
];
/** What becomes of what is on its way. */
const network = [
  { weight: 12, arbitrary: makeShare('deliver') },
  { weight: 6, arbitrary: makePlain('deliverAll') },
  { weight: 1, arbitrary: makeShare('lose') },
  { weight: 1, arbitrary: makeShare('repeat') },
  { weight: 1, arbitrary: makePlain('heads') },
];
const breaks = [
  { weight: 2, arbitrary: makePlain('connect') },
  { weight: 1, arbitrary: makePlain('disconnect') },
  { weight: 1, arbitrary: makePlain('reload') },
];

type In<S> = S extends readonly { arbitrary: fc.Arbitrary<infer T> }[] ? T : never;
export type Step = In<typeof own> | In<typeof others> | In<typeof network> | In<typeof breaks>;

export const anyStep: fc.Arbitrary<Step> = fc.oneof(...own, ...others, ...network, ...breaks);
/** A step of one of several devices, which are each other's others. */
export const deviceStep: fc.Arbitrary<Step> = fc.oneof(...own, ...network, ...breaks);

/** Two people with a past, which replies to itself; the first conversation is open. */
export function writePast(server: ModelServer): void {
  server.pageSize = 4;
  server.maxPins = 3;
  for (let index = 0; index < 16; index++) {
    server.send(index % 3 === 0 ? ME : PARTNER, {
      conversationId: 'conversation-a',
      clientId: `past${index}`,
      body: `«past ${index}»`,
      ...(index % 5 === 4 && { replyToSeq: index - 2 }),
    });
  }
  server.pin(PARTNER, { conversationId: 'conversation-a', seq: 2, on: true });
}

/** Plays one step; `written` notes the client ids of what the device's person wrote, in order. */
export async function play(world: World, step: Step, written: Map<string, string[]>): Promise<void> {
  const { share = 0, conversation = '', emoji = '', on = true } = step as Partial<Parts>;
  const { log } = world.server.conversations.get(conversation) ?? { log: [] };
  const choose = (size: number) => Math.floor(share * 0.999 * size);
  const seq = 1 + choose(log.length);
  // The clock gives each step a number that none had before.
  const nth = world.server.clock++;
  PLAYED[step.do]({ world, id: conversation, seq, emoji, on, choose, nth, message: log[seq - 1], written });
  await vi.advanceTimersByTimeAsync(step.do === 'wait' ? share * 15_000 : 0);
}

type Parts = { share: number; conversation: string; emoji: string; on: boolean };
type Scene = {
  world: World;
  id: string;
  /** Where in the log it happens, and what stands there. */
  seq: number;
  message: Message | undefined;
  emoji: string;
  on: boolean;
  /** One of so many, by the step's share. */
  choose(size: number): number;
  nth: number;
  written: Map<string, string[]>;
};

function write({ world: { actions }, id, written }: Scene, draft: Draft): void {
  const clientId = actions.send(id, draft);
  written.set(id, [...(written.get(id) ?? []), clientId as string]);
}

/** One of the newest messages of the device's person; 0 where there is none. */
function chooseOwn(
  { world, id, choose }: Scene,
  isMeant: (message: Message) => boolean = () => true,
): number {
  const { log } = world.server.conversation(id);
  const own = log.filter((message) => message.senderId === world.userId && isMeant(message)).slice(-4);
  return own[choose(own.length)]?.seq ?? 0;
}

/** The place of a message, and whose it is. */
const placeOf = ({ id, seq, message }: Scene) =>
  [message?.senderId ?? ME, { conversationId: id, seq }] as const;

const PLAYED: Record<Step['do'], (scene: Scene) => void> = {
  sends: (scene) => write(scene, { text: `«${scene.world.userId} ${scene.nth}»` }),
  replies(scene) {
    const { actions, userId } = scene.world;
    actions.startReply(scene.id, scene.seq);
    write(scene, { ...actions.getDraft(scene.id), text: `«${userId} replies ${scene.nth}»` });
  },
  beginsEdit: (scene) => void scene.world.actions.startEdit(scene.id, chooseOwn(scene)),
  edits(scene) {
    const { id, nth, world } = scene;
    const { actions, userId } = world;
    if (actions.startEdit(id, chooseOwn(scene)) !== true) return;
    actions.send(id, { ...actions.getDraft(id), text: `«${userId} edits ${nth}»` });
  },
  deletes(scene) {
    const seq = chooseOwn(scene);
    if (seq) scene.world.actions.deleteForBoth(scene.id, seq);
  },
  undeletes(scene) {
    const seq = chooseOwn(scene, ({ deletedAt }) => deletedAt !== undefined);
    if (seq) scene.world.actions.undelete(scene.id, seq);
  },
  reacts: ({ world, id, seq, emoji, on }) => world.actions.react(id, seq, emoji, on),
  pins: ({ world, id, seq, on }) => world.actions.pin(id, seq, on),
  stars: ({ world, id, seq, on }) => world.actions.star(id, seq, on),
  hides: ({ world, id, seq }) => world.actions.deleteForMe(id, seq),
  // Else little would be left to change.
  clears: ({ world, id, choose }) => void (choose(4) === 0 && world.actions.clearConversation(id)),
  forwards: ({ world, id, seq }) =>
    world.actions.forward(id, { toIds: ['conversation-a', 'conversation-b'], seqs: [seq] }),
  reads: ({ world, id, seq }) => world.actions.markRead(id, seq),
  open: ({ world, id }) => world.actions.open(id),
  loadBefore: ({ world, id }) => world.actions.loadBefore(id),
  loadAfter: ({ world, id }) => world.actions.loadAfter(id),
  jump: ({ world, id, seq }) => void world.actions.jumpTo(id, seq),
  jumpToNewest: ({ world, id }) => void world.actions.jumpToNewest(id),
  wait() {},

  partnerSends: ({ world, id, nth }) =>
    void world.server.send(PARTNER, {
      conversationId: id,
      clientId: `p${nth}`,
      body: `«partner ${nth}»`,
    }),
  otherDeviceSends: ({ world, id, nth }) =>
    void world.server.send(ME, { conversationId: id, clientId: `d${nth}`, body: `«device ${nth}»` }),
  othersReply({ world, id, seq, message, nth }) {
    const reply = { conversationId: id, clientId: `r${nth}`, body: `«answer ${nth}»`, replyToSeq: seq };
    if (message) world.server.send(PARTNER, reply);
  },
  othersEdit: ({ world, id, seq }) => world.server.edit(id, seq),
  othersDelete(scene) {
    const [senderId, place] = placeOf(scene);
    scene.world.server.delete(senderId, place);
  },
  othersUndelete: (scene) => void scene.world.server.undelete(...placeOf(scene)),
  othersReact: ({ world, id, seq, emoji, on }) =>
    void world.server.react(PARTNER, { conversationId: id, seq, emoji, on }),
  othersPin: ({ world, id, seq, on }) => void world.server.pin(PARTNER, { conversationId: id, seq, on }),
  otherDeviceStars: ({ world, id, seq, on }) => void world.server.star(ME, { conversationId: id, seq, on }),
  otherDeviceHides: ({ world, id, seq }) => void world.server.hide(ME, { conversationId: id, seq }),
  otherDeviceClears: ({ world, id, seq, choose, message }) =>
    void (message && choose(3) === 0 && world.server.clear(ME, { conversationId: id, upToSeq: seq })),
  partnerReads: ({ world, id, seq }) => void world.server.moveCursor(PARTNER, 'read', id, seq),
  otherDeviceReads: ({ world, id, seq }) => void world.server.moveCursor(ME, 'read', id, seq),
  block: ({ world: { server }, id }) => server.setBlocked(id, !server.conversation(id).blocked),

  deliver: ({ world: { network }, choose }) => network.deliver(choose(network.queue.length)),
  deliverAll({ world: { network } }) {
    for (let count = network.queue.length; count > 0; count--) network.deliver();
  },
  lose: ({ world: { network }, choose }) => void network.queue.splice(choose(network.queue.length), 1),
  repeat({ world: { network }, choose }) {
    const task = network.queue[choose(network.queue.length)];
    if (task) network.queue.push(task);
  },
  heads: ({ world: { network, server } }) => network.carry('heads', server.heads(network.userId)),
  connect: ({ world }) => world.network.connect(),
  disconnect: ({ world }) => world.network.disconnect(),
  reload: ({ world }) => world.reload(),
};
