import { startConversation } from '#lib/chat/start-conversation.ts';
import { Disk } from '../support/disk.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { FaultClient } from './client.ts';
import { waitFor } from './wait-for.ts';
import type { Stage } from './world.ts';

/**
 * The people of some rounds: `hub` talks with `first` (in two tabs) and with `second`; `stranger` is
 * connected and must never hear of any of it.
 */
export type Cast = {
  hub: Person;
  first: Person;
  second: Person;
  conversations: { id: string; members: [Person, Person] }[];
  /** Tabs of members: hub on node 0, first on both, second on node 1. */
  tabs: FaultClient[];
  stranger: FaultClient;
  stop(): void;
};

export async function makeCast(world: Stage): Promise<Cast> {
  const { first: hub, second: first, conversationId } = await addPair();
  const [second, stranger] = [await addPerson('세나'), await addPerson('낯선이')];
  const other = await startConversation({ userId: second.userId, partnerId: hub.userId });
  if (!other.ok) throw new Error('no conversation');
  for (const { userId, email } of [hub, first, second, stranger])
    world.addresses.set(userId, new Set([email]));
  const open = async (person: Person, home: number, disk = new Disk()) =>
    new FaultClient(person, await world.openLine(home), disk);
  const shared = new Disk();
  const tabs = [
    await open(hub, 0),
    await open(first, 1, shared),
    await open(first, 0, shared),
    await open(second, 1),
  ];
  const conversations: Cast['conversations'] = [
    { id: conversationId, members: [hub, first] },
    { id: other.value.conversationId, members: [hub, second] },
  ];
  const cast: Cast = {
    hub,
    first,
    second,
    conversations,
    tabs,
    stranger: await open(stranger, 0),
    stop: () => {
      for (const tab of [...tabs, cast.stranger]) tab.stop();
    },
  };
  await waitFor(() => tabs.every((tab) => tab.isConnected()), 'the clients to connect');
  for (const tab of tabs) for (const { id } of conversationsOf(cast, tab)) tab.client.actions.open(id);
  await waitFor(
    () => tabs.every((tab) => conversationsOf(cast, tab).every(({ id }) => tab.isAtNewest(id))),
    'the conversations to open',
  );
  return cast;
}

/** The conversations that the person in this tab is in. */
export function conversationsOf(cast: Cast, { person }: FaultClient): Cast['conversations'] {
  return cast.conversations.filter(({ members }) => members.includes(person));
}
