import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { readCpuSeconds } from '../core/process-use.ts';
import { percentile } from '../core/stats.ts';
import type { Scenario } from '../core/types.ts';
import { addPairs } from '../data/people.ts';
import { openLightSocket } from '../load/light-socket.ts';
import { startMailSink } from '../load/mail-sink.ts';

const CONVERSATIONS = 200;
const AT_MOST_SECONDS = 5;
const GIVE_UP_MS = 60_000;
/** The server loads its mail templates a few seconds after its start; what is measured is one that stands. */
const SETTLED_MS = 6_000;

/** Somebody writes in every conversation at once: from the first send to each recipient's mail at an SMTP server. */
export const mail: Scenario = async ({ world, isSmoke, say }) => {
  const conversations = isSmoke ? 5 : CONVERSATIONS;
  const database = await world.createDatabase();
  const pairs = await addPairs(database.pool, conversations);
  const sink = await startMailSink();
  const node = await world.startNode(database, {
    RESEND_API_KEY: '',
    RESEND_BASE_URL: '',
    SMTP_URL: sink.url,
  });
  try {
    const sockets = await Promise.all(
      pairs.map(({ people: [{ cookie }] }) => openLightSocket(node.url, { cookie, readyOn: 'heads' })),
    );
    await pause(SETTLED_MS);
    const cpuBefore = readCpuSeconds(node.pid);
    const startedAt = performance.now();
    const acks = await Promise.all(
      pairs.map(({ conversationId }, index) =>
        sockets[index]?.ask('message:send', {
          conversationId,
          clientId: randomUUID(),
          body: '지금 어디예요?',
        }),
      ),
    );
    const refused = acks.find((ack) => !ack?.ok);
    if (refused) throw new Error(`refused: ${refused.error?.code}`);
    while (sink.takenAt.size < conversations) {
      if (performance.now() - startedAt > GIVE_UP_MS) throw new Error(`${sink.takenAt.size} mails came`);
      await pause(5);
    }
    const cpuSeconds = readCpuSeconds(node.pid) - cpuBefore;
    for (const socket of sockets) socket.close();
    const seconds = [...sink.takenAt.values()].map((at) => (at - startedAt) / 1000);
    say(`first ${Math.min(...seconds).toFixed(2)} s, last ${Math.max(...seconds).toFixed(2)} s`);
    return [
      { what: 'half of the mails', value: percentile(seconds, 0.5), unit: 's' },
      {
        what: `the last of ${conversations} conversations' first mails`,
        value: Math.max(...seconds),
        unit: 's',
        target: { atMost: AT_MOST_SECONDS },
      },
      {
        what: 'processor time of the node for a message and its mail',
        value: (cpuSeconds / conversations) * 1000,
        unit: 'ms',
      },
    ];
  } finally {
    await node.stop();
    await sink.stop();
  }
};
