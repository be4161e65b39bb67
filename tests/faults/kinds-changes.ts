import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack } from '#lib/realtime/ack.ts';
import { openBare, whenWelcome } from './bare-socket.ts';
import { checkForgotten, deleteAll, deleteMost, plant, stir, waitUntilTold } from './changes.ts';
import type { FaultClient } from './client.ts';
import type { Kind } from './kinds.ts';
import { UNTIL_TRIED_MS } from './kinds-mail.ts';
import type { FaultNode, Point } from './node.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/** People change messages while something breaks; afterwards nothing deleted is left anywhere. */
const changing = (name: string, weight: number, fault: (round: Round) => Promise<void>): Kind => ({
  name: `changes: ${name}`,
  weight,
  isAlone: true,
  async run(round) {
    await stir(round, 3);
    const stirring = stir(round, 12);
    await round.pause(20, 120);
    await fault(round);
    round.heal();
    await stirring;
    await deleteMost(round);
    await checkForgotten(round);
  },
});

/** Kills the node that the hub's tab is on when a change comes to this point. */
const kill = (point: Point) =>
  changing(`node killed: ${point}`, 1, async (round) => {
    const [hub] = round.cast.tabs as [FaultClient];
    const node = round.world.nodes.find(({ port }) => port === hub.line.getTarget());
    if (!node) throw new Error('the hub is on no node');
    node.arm(point);
    await waitFor(async () => {
      if (node.isUp) await stir(round, 1);
      return !node.isUp;
    }, `the node to die when ${point}`);
    const starting = node.start();
    round.repairs.push(() => starting);
  });

/** Asks again while the server could not, as a client does: on a busy machine a lock can take longer than it waits. */
async function persist<T extends object>(ask: () => Promise<Ack<T>>): Promise<Ack<T>> {
  for (let tries = 1; ; tries++) {
    const ack = await ask();
    if (ack.ok || ack.error.code !== 'unavailable' || tries >= 20) return ack;
    await sleep(250);
  }
}

export const changeKinds: Kind[] = [
  kill('changing'),
  kill('changed'),
  changing('acknowledgements lost', 1, async (round) => {
    for (const { line } of round.cast.tabs) line.setDeaf(true);
    await round.pause(100, 400);
    for (const { line } of round.cast.tabs) {
      line.drop();
      line.setDeaf(false);
    }
  }),
  changing('made offline', 1, async (round) => {
    const [, tab] = round.cast.tabs as [FaultClient, FaultClient];
    tab.line.setCut(true);
    await stir(round, 6);
    tab.line.setCut(false);
  }),
  changing('redis cut from one node', 1, async (round) => {
    const line = round.random.pick(round.world.redisLines);
    line.setCut(true);
    await stir(round, 4);
    round.repairs.push(() => line.setCut(false));
  }),
  {
    name: 'changes: an edit twice at once, and against a deletion on another node',
    weight: 1,
    isAlone: true,
    async run(round) {
      const { hub, conversations, tabs } = round.cast;
      const [hubTab] = tabs as [FaultClient];
      const conversationId = conversations[0]?.id ?? '';
      const [node, other] = round.world.nodes as [FaultNode, FaultNode];
      const sockets = [node, other].map(({ port }) => openBare(port, hub));
      await Promise.all(sockets.map(whenWelcome));
      const [one, two] = sockets as [ReturnType<typeof openBare>, ReturnType<typeof openBare>];
      for (let count = 0; count < 10; count++) {
        const canary = plant(round, hubTab, conversationId);
        await waitUntilTold(round);
        const message = hubTab
          .listMessages(conversationId)
          .find(({ clientId }) => clientId === canary.clientId);
        if (!message) throw new Error('what was told is not there');
        const { seq, revision } = message;
        const edit = { conversationId, seq, body: `${canary.mark} edited`, baseRevision: revision };
        const edits = await Promise.all(
          [one, two, one].map((socket) => persist(() => socket.emitWithAck('message:edit', edit))),
        );
        const revisions = new Set(edits.map((ack) => (ack.ok ? ack.message.revision : 0)));
        if (revisions.size > 1 || revisions.has(0))
          round.findings.push(`one edit was answered ${JSON.stringify(edits)}`);
        const again = { ...edit, body: `${canary.mark} again`, baseRevision: [...revisions][0] ?? 0 };
        const [edited, deleted] = await Promise.all([
          persist(() => one.emitWithAck('message:edit', again)),
          persist(() => two.emitWithAck('message:delete', { conversationId, seq, scope: 'both' })),
        ]);
        if (!deleted.ok || !('message' in deleted) || deleted.message.body !== '')
          round.findings.push('a deletion did not win');
        if (!edited.ok && edited.error.code !== 'conflict')
          round.findings.push(`an edit met ${edited.error.code}`);
      }
      for (const socket of sockets) socket.disconnect();
      round.heal();
      await checkForgotten(round);
    },
  },
  {
    name: 'changes: deleted while its mail waits',
    weight: 1,
    isAlone: true,
    async run(round) {
      const { mail } = round.world;
      const [hubTab] = round.cast.tabs as [FaultClient];
      mail.setMode('429');
      const planted = round.cast.conversations.map(({ id }) => plant(round, hubTab, id));
      await round.talk(1);
      const isTried = (mark: string) => mail.seen.some(({ text }) => text.includes(mark));
      await waitFor(() => planted.some(({ mark }) => isTried(mark)), 'a mail to be tried', UNTIL_TRIED_MS);
      await deleteAll(round, planted);
      await checkForgotten(round);
      mail.setMode('ok');
      round.heal();
    },
  },
];
