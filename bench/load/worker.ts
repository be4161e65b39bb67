import { type AudienceOrder, createAudience } from './audience.ts';
import { openLightSocket } from './light-socket.ts';
import { type Line, type TalkOrder, talk } from './talk.ts';

/** The process that plays the people; the measuring one asks it over the channel of `fork`. */

export type OpenOrder = {
  url: string;
  pairs: { conversationId: string; people: [{ cookie: string }, { cookie: string }] }[];
  isEcho: boolean;
};
export type Orders = {
  open: OpenOrder;
  talk: TalkOrder;
  close: null;
  gather: AudienceOrder;
  catchUp: { revision: number };
};

/** Handshakes at a time: as many as a full backlog of connections allows without refusals. */
const OPEN_AT_ONCE = 50;

let lines: Line[] = [];
const audience = createAudience();

async function open({ url, pairs, isEcho }: OpenOrder): Promise<null> {
  for (let start = 0; start < pairs.length; start += OPEN_AT_ONCE) {
    const opened = pairs.slice(start, start + OPEN_AT_ONCE).map(async ({ conversationId, people }) => {
      const readyOn = isEcho ? ('connect' as const) : ('heads' as const);
      const sockets = await Promise.all(
        people.map(({ cookie }) => openLightSocket(url, { cookie, readyOn })),
      );
      return { conversationId, sockets: sockets as Line['sockets'] };
    });
    lines.push(...(await Promise.all(opened)));
  }
  return null;
}

function close(): null {
  for (const { sockets } of lines) for (const socket of sockets) socket.close();
  lines = [];
  return audience.leave();
}

async function obey<Name extends keyof Orders>(name: Name, order: Orders[Name]) {
  if (name === 'open') return open(order as OpenOrder);
  if (name === 'talk') return talk(lines, order as TalkOrder);
  if (name === 'gather') return audience.gather(order as AudienceOrder);
  if (name === 'catchUp') return audience.catchUp(order as Orders['catchUp']);
  return close();
}

process.on('message', async ({ id, name, order }: { id: number; name: keyof Orders; order: never }) => {
  try {
    process.send?.({ id, result: await obey(name, order) });
  } catch (error) {
    process.send?.({ id, error: (error as Error).stack });
  }
});
