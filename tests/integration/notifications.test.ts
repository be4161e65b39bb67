import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ChatEvents, chatEvents } from '#lib/chat/events.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { setMuted } from '#lib/chat/set-muted.ts';
import { bossSingleton } from '#lib/jobs/enqueue.ts';
import { getLog } from '#lib/runtime/log.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, startLive } from '../support/live.ts';
import { eventually, say } from '../support/mail.ts';
import { addPair } from '../support/people.ts';

await setUpDatabase();
// Before the sockets are there, so that they come after it.
chatEvents.register('of the test', {});

/** The wake-ups of mail that reached the queue, as "conversation:recipient". */
let woken: string[];
beforeEach(() => {
  woken = [];
  const boss = {
    insert: async (_: string, jobs: { singletonKey: string }[]) => {
      woken.push(...jobs.map(({ singletonKey }) => singletonKey));
    },
  };
  bossSingleton.set(boss as unknown as PgBoss);
});
afterEach(() => {
  bossSingleton.clear();
  chatEvents.register('of the test', {});
});

test('of a new message the recipient is told elsewhere, the sender is not', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'hello');
  await eventually(() => expect(woken).toContain(`${conversationId}:${second.userId}`));
  expect(woken).not.toContain(`${conversationId}:${first.userId}`);
});

test('a message that was stored before is told of no second time', async () => {
  const { first, conversationId } = await addPair();
  const stored: ChatEvents['message:stored'][] = [];
  chatEvents.register('of the test', { 'message:stored': (event) => stored.push(event) });
  const input = { conversationId, clientId: randomUUID(), body: 'once' };
  for (let copy = 0; copy < 2; copy += 1) expect(await sendMessage(first, input)).toMatchObject({ ok: true });
  await say(first, conversationId, 'after it');
  await eventually(() => expect(stored.at(-1)?.message.body).toBe('after it'));
  expect(stored.map(({ message }) => message.body)).toEqual(['once', 'after it']);
});

test('a consumer that throws breaks neither the send nor those after it', async () => {
  const live = await startLive();
  try {
    const { first, second, conversationId } = await addPair();
    const client = await connectClient(live.url, second.cookie);
    const level = getLog().level;
    getLog().level = 'silent';
    const fail = () => {
      throw new Error('broken consumer');
    };
    chatEvents.register('of the test', { 'message:stored': fail, 'conversation:changed': fail });
    const arrived = nextEvent(client, 'message:new', ({ body }) => body === 'all the same');
    const ack = await sendMessage(first, { conversationId, clientId: randomUUID(), body: 'all the same' });
    expect(ack.ok).toBe(true);
    expect((await arrived).conversationId).toBe(conversationId);
    expect(await setMuted({ viewerId: first.userId, conversationId, muted: true })).toMatchObject({
      ok: true,
    });
    await eventually(() => expect(woken).toContain(`${conversationId}:${second.userId}`));
    getLog().level = level;
    client.disconnect();
  } finally {
    await live.close();
  }
});
