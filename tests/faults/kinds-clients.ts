import { once } from 'node:events';
import { connect } from 'node:net';
import { addPerson } from '../support/people.ts';
import { openBare, sendBare, whenWelcome } from './bare-socket.ts';
import type { FaultClient } from './client.ts';
import type { Kind } from './kinds.ts';
import type { FaultNode } from './node.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/** The conversation and the two people that a single line's trouble is played with. */
function pickScene({ cast, world }: Round) {
  const [hubTab, firstTab] = cast.tabs as [FaultClient, FaultClient];
  const [node, otherNode] = world.nodes as [FaultNode, FaultNode];
  const conversationId = cast.conversations[0]?.id ?? '';
  return { hubTab, firstTab, node, otherNode, conversationId, hub: cast.hub, first: cast.first };
}

/** More changes than `conversation:sync` pages through, so that it answers with a reset. */
const MANY = 520;
const STORM = 300;
/** Pages of texts of the longest kind: more than the kernel's buffers (37 MB here) and the node's hold. */
const FLOOD_PAGES = 100;

export const clientKinds: Kind[] = [
  {
    name: 'acknowledgements lost',
    weight: 3,
    async run(round) {
      const { line } = pickScene(round).hubTab;
      const talking = round.talk(4, 60);
      line.setDeaf(true);
      await round.pause(50, 300);
      line.drop();
      line.setDeaf(false);
      round.heal();
      await talking;
    },
  },
  {
    name: 'the same message sent twice at once',
    weight: 3,
    async run(round) {
      const { node, otherNode, hub, conversationId } = pickScene(round);
      const sockets = [node, otherNode, node].map(({ port }) => openBare(port, hub));
      await Promise.all(sockets.map(whenWelcome));
      const talking = round.talk(2);
      for (let count = 0; count < 8; count++) await sendBare(round, sockets, hub, conversationId);
      await talking;
      round.heal();
      for (const socket of sockets) socket.disconnect();
    },
  },
  {
    name: `offline for over 500 changes`,
    weight: 1,
    isAlone: true,
    async run(round) {
      const { firstTab, node, hub, conversationId } = pickScene(round);
      firstTab.line.setCut(true);
      round.say(firstTab);
      const socket = openBare(node.port, hub);
      await whenWelcome(socket);
      await inBatches(MANY, 20, () => sendBare(round, [socket], hub, conversationId));
      socket.disconnect();
      round.say(firstTab);
      firstTab.line.setCut(false);
      round.heal();
    },
  },
  {
    name: `${STORM} clients reconnect at once`,
    weight: 1,
    async run(round) {
      const line = await round.world.openLine(0);
      // Thirty connections each, as a node takes fifty of one person.
      const people = await Promise.all(Array.from({ length: STORM / 30 }, () => addPerson('손님')));
      const sockets = people.flatMap((person) =>
        Array.from({ length: 30 }, () => openBare(line.port, person, true)),
      );
      await Promise.all(sockets.map(whenWelcome));
      const talking = round.talk(2);
      const back = sockets.map(whenWelcome);
      line.drop();
      round.heal();
      await Promise.all(back);
      await talking;
      for (const socket of sockets) socket.disconnect();
      line.close();
    },
  },
  {
    name: 'a reader that takes nothing in',
    weight: 0.3,
    isAlone: true,
    async run(round) {
      const { node, hub, first, conversationId } = pickScene(round);
      const line = await round.world.openLine(0);
      const reader = openBare(line.port, first);
      await whenWelcome(reader);
      const talking = round.talk(1);
      const sender = openBare(node.port, hub);
      await whenWelcome(sender);
      await inBatches(100, 20, () => sendBare(round, [sender], hub, conversationId, '가'.repeat(3_900)));
      const before = await countConnections(node);
      line.setDeaf(true);
      for (let page = 0; page < FLOOD_PAGES; page++) {
        reader.emit('conversation:history', { conversationId, limit: 100 }, () => {});
      }
      // Asked of the node: the near end, which reads nothing, does not see the end either.
      const isCut = async () => (await countConnections(node)) < before;
      await waitFor(isCut, 'the slow reader to be cut', 30_000).catch(({ message }) =>
        round.findings.push(message),
      );
      await talking;
      round.heal();
      for (const socket of [reader, sender]) socket.disconnect();
      line.close();
    },
  },
  {
    name: 'garbage sent to a node',
    weight: 2,
    async run(round) {
      const { node, hub, conversationId } = pickScene(round);
      const talking = round.talk(3, 60);
      const socket = openBare(node.port, hub);
      await whenWelcome(socket);
      const loose = socket as unknown as { emit(event: string, ...args: unknown[]): void };
      for (const junk of [
        null,
        7,
        'x',
        [],
        { conversationId },
        { conversationId: {}, body: [] },
        Buffer.alloc(64),
      ]) {
        for (const event of [
          'message:send',
          'conversation:sync',
          'conversation:read',
          'no:such',
          '__proto__',
        ]) {
          loose.emit(event, junk);
          loose.emit(event, junk, () => {});
        }
      }
      loose.emit('message:send', {
        conversationId,
        clientId: 'big',
        body: 'x'.repeat(200_000),
      });
      await sendRaw(node.port, hub.cookie, round);
      socket.disconnect();
      round.heal();
      await talking;
      if (!node.isUp) round.findings.push('garbage ended a node');
    },
  },
];

async function countConnections({ port }: FaultNode): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text();
  return Number(/^dandul_connections (\d+)/m.exec(metrics)?.[1]);
}

/** Runs `work` so many times, a few at once. */
async function inBatches(total: number, size: number, work: () => Promise<void>): Promise<void> {
  for (let done = 0; done < total; done += size) {
    await Promise.all(Array.from({ length: Math.min(size, total - done) }, work));
  }
}

/** Random bytes after a proper upgrade, as no WebSocket speaks. */
async function sendRaw(port: number, cookie: string, { random }: Round): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: ${cookie}\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.write(Buffer.from(Array.from({ length: 4_000 }, () => random.between(0, 255))));
  socket.resume();
  // A frame that the bytes happen to begin may be waited for; then this end leaves first.
  socket.setTimeout(2_000, () => socket.destroy());
  if (!socket.destroyed) await once(socket, 'close');
}
