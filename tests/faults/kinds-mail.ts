import type { Person } from '../support/people.ts';
import type { FaultClient } from './client.ts';
import type { Kind } from './kinds.ts';
import type { MailMode } from './mail-server.ts';
import type { FaultNode } from './node.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/**
 * The longest until a mail is tried (ms): what a killed node had in hand is taken back once it has been silent for a
 * minute, at the next look, and mails of its conversations wait behind it.
 */
export const UNTIL_TRIED_MS = 180_000;

/** The mail service fails in one way while people talk, long enough for several tries. */
const failing = (mode: MailMode): Kind => ({
  name: `mail service: ${mode}`,
  weight: 1,
  async run(round) {
    const { mail } = round.world;
    const before = mail.seen.length;
    mail.setMode(mode);
    await round.talk(2);
    await waitFor(() => mail.seen.length > before, 'a mail to be tried', UNTIL_TRIED_MS);
    await round.talk(1);
    await round.pause(500, 2_000);
    mail.setMode('ok');
    round.heal();
  },
});

/** Something about a recipient changes while mails to them wait. */
const changing = (name: string, change: (round: Round, person: Person) => Promise<void>): Kind => ({
  name,
  weight: 1,
  isAlone: true,
  async run(round) {
    const { mail } = round.world;
    const { second } = round.cast;
    mail.setMode('429');
    const [hub] = round.cast.tabs as [FaultClient];
    round.say(hub, round.cast.conversations[1]);
    await round.talk(2);
    await waitFor(
      () => mail.seen.some(({ to }) => to === second.email),
      'a mail to be tried',
      UNTIL_TRIED_MS,
    );
    await change(round, second);
    mail.setMode('ok');
    round.heal();
    // What was written to the old address is cancelled, not sent after them.
    for (const sent of round.sent) if (sent.recipientId === second.userId) sent.isUnmailed = true;
  },
});

export const mailKinds: Kind[] = [
  {
    name: 'node killed: mail accepted',
    weight: 1,
    async run(round) {
      const { nodes } = round.world;
      for (const node of nodes) node.arm('mail-accepted');
      await round.talk(2);
      await waitFor(() => nodes.some(({ isUp }) => !isUp), 'a node to die over a mail');
      for (const node of nodes) node.disarm('mail-accepted');
      round.heal();
      const starting = new Map<FaultNode, Promise<void>>();
      const revive = () => {
        for (const node of nodes) if (!node.isUp && !starting.has(node)) starting.set(node, node.start());
        return Promise.all(starting.values());
      };
      const reviving = revive();
      // The other one may have died of a mail of its own before it was told not to.
      round.repairs.push(() => reviving.then(revive));
      await round.talk(1);
    },
  },
  failing('429'),
  failing('500'),
  failing('hang'),
  failing('accept-close'),
  changing('address changed while a mail waits', async ({ world }, { userId, email }) => {
    const address = `new-${email}`;
    world.addresses.get(userId)?.add(address);
    await world.pool.query('update users set email = $2, email_key = $2 where id = $1', [userId, address]);
  }),
  changing('mail turned off while one waits', async ({ world }, { userId }) => {
    await world.pool.query("update users set email_preference = 'never' where id = $1", [userId]);
  }),
];
