import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ClientEvents } from '#lib/realtime/events.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, startLive, type TestClient } from '../support/live.ts';
import { addPair } from '../support/people.ts';
import { ME, ModelServer, PARTNER } from '../unit/chat-client/model-server.ts';

/**
 * The client's tests trust a model of the server (tests/unit/chat-client/model-server.ts). Here both are told the
 * same, and must answer and emit the same.
 */

await setUpDatabase();

let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.close());

/** What the model tells the viewer of; the rest a connection hears of is not its subject. */
const EVENTS = ['message:new', 'message:update', 'conversation:cursor', 'conversation:marks'] as const;

type Told = { event: string; payload: unknown };
type Input = Record<string, unknown>;

let model: ModelServer;
let people: Record<typeof ME | typeof PARTNER, TestClient>;
let conversationId: string;
let names: Map<string, string>;
let toldByModel: Told[];
let toldByProduct: Told[];

beforeEach(async () => {
  const pair = await addPair();
  ({ conversationId } = pair);
  names = new Map([
    [conversationId, 'conversation'],
    [pair.first.userId, ME],
    [pair.second.userId, PARTNER],
    [pair.first.username, 'minji'],
    [pair.second.username, 'junho'],
  ]);
  model = new ModelServer();
  Object.assign(model, { pageSize: 50, syncLimit: 200, maxBehind: 500 });
  model.addConversation('conversation');
  toldByModel = [];
  toldByProduct = [];
  model.emit = (event, payload) => void toldByModel.push(name({ event, payload }));
  people = {
    [ME]: await connectClient(live.url, pair.first.cookie),
    [PARTNER]: await connectClient(live.url, pair.second.cookie),
  };
  for (const event of EVENTS) {
    people[ME].on(event, (payload: unknown) => void toldByProduct.push(name({ event, payload })));
  }
});
afterEach(() => {
  for (const client of Object.values(people)) client.disconnect();
});

/** The same with the model's names, and without times, in a copy. */
function name<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, part) =>
    /^(createdAt|editedAt|deletedAt|pinnedAt)$/.test(key) ? 'a time' : (names.get(part) ?? part),
  );
}

function askModel(who: string, event: keyof ClientEvents, input: Input): unknown {
  const named = name({ conversationId, ...input }) as never;
  return model.answer(event, named, who);
}

/** Tells both the same; they must answer alike and have told the viewer alike. */
async function compare(who: typeof ME | typeof PARTNER, event: keyof ClientEvents, input: Input = {}) {
  const expected = name(askModel(who, event, input));
  const conversation = event === 'conversation:list' ? {} : { conversationId };
  const client = people[who] as unknown as { emitWithAck(event: string, input: object): Promise<unknown> };
  const answer = await client.emitWithAck(event, { ...conversation, ...input });
  expect(name(answer), `${who} ${event}`).toEqual(expected);
  await expect.poll(() => toldByProduct, { timeout: 60_000 }).toEqual(toldByModel);
}

test('sends, deletions and cursors are answered and told as the model of the client’s tests does', async () => {
  await compare(ME, 'message:send', { clientId: 'a', body: '하나' });
  await compare(PARTNER, 'message:send', { clientId: 'b', body: '둘' });
  await compare(PARTNER, 'message:send', { clientId: 'c', body: '셋' });
  await compare(ME, 'message:send', { clientId: 'd', body: '넷' });
  await compare(ME, 'message:send', { clientId: 'd', body: '넷' });
  await compare(PARTNER, 'message:delete', { seq: 2, scope: 'both' });
  await compare(PARTNER, 'message:delete', { seq: 2, scope: 'both' });
  await compare(ME, 'message:delete', { seq: 3, scope: 'both' });
  await compare(ME, 'message:delete', { seq: 9, scope: 'both' });
  await compare(ME, 'conversation:read', { seq: 3 });
  await compare(ME, 'message:delete', { seq: 4, scope: 'both' });
  await compare(ME, 'message:send', { clientId: 'd', body: '넷' });
  await compare(ME, 'conversation:list');
  await compare(PARTNER, 'conversation:read', { seq: 4 });
  await compare(PARTNER, 'message:send', { clientId: 'e', body: '다섯' });
  await compare(PARTNER, 'message:delete', { seq: 5, scope: 'both' });
  await compare(ME, 'conversation:history');
  for (const afterRevision of [0, 3, 5, 8]) await compare(ME, 'conversation:sync', { afterRevision });
  expect(toldByProduct.filter(({ event }) => event === 'message:update')).toHaveLength(3);
});

test('edits, undos, reactions and replies are answered and told as the model of the client’s tests does', async () => {
  await compare(ME, 'message:send', { clientId: 'a', body: '하나' });
  await compare(PARTNER, 'conversation:delivered', { seq: 1 });
  await compare(PARTNER, 'message:send', { clientId: 'b', body: '둘', replyToSeq: 1 });
  await compare(ME, 'message:edit', { seq: 1, body: '하나!', baseRevision: 1 });
  await compare(ME, 'message:edit', { seq: 1, body: '하나!', baseRevision: 1 });
  await compare(ME, 'message:edit', { seq: 1, body: '하나?', baseRevision: 1 });
  await compare(ME, 'message:edit', { seq: 2, body: '남의 글', baseRevision: 2 });
  await compare(PARTNER, 'message:react', { seq: 1, emoji: '👍', on: true });
  await compare(PARTNER, 'message:react', { seq: 1, emoji: '👍', on: true });
  await compare(ME, 'message:react', { seq: 1, emoji: '👍', on: true });
  await compare(ME, 'message:react', { seq: 1, emoji: '❤️', on: true });
  await compare(PARTNER, 'message:react', { seq: 1, emoji: '👍', on: false });
  await compare(PARTNER, 'message:react', { seq: 2, emoji: '👍', on: false });
  await compare(ME, 'conversation:history');
  await compare(ME, 'message:delete', { seq: 1, scope: 'both' });
  await compare(ME, 'message:edit', { seq: 1, body: '하나', baseRevision: 9 });
  await compare(PARTNER, 'message:react', { seq: 1, emoji: '👍', on: true });
  await compare(ME, 'conversation:history');
  await compare(ME, 'message:undelete', { seq: 1 });
  await compare(ME, 'message:undelete', { seq: 1 });
  await compare(PARTNER, 'message:undelete', { seq: 1 });
  await compare(ME, 'message:send', { clientId: 'c', body: '사라질 말' });
  await compare(ME, 'message:delete', { seq: 3, scope: 'both' });
  await compare(ME, 'conversation:list');
  await compare(ME, 'message:undelete', { seq: 3 });
  await compare(ME, 'conversation:list');
  await compare(ME, 'conversation:history');
  for (const afterRevision of [0, 4, 8, 12]) await compare(ME, 'conversation:sync', { afterRevision });
});

test('marks are answered and told as the model of the client’s tests does', async () => {
  for (const [index, body] of ['하나', '둘', '셋', '넷', '다섯'].entries()) {
    const replyToSeq = index === 4 ? { replyToSeq: 2 } : {};
    await compare(index % 2 ? PARTNER : ME, 'message:send', { clientId: `${index}`, body, ...replyToSeq });
  }
  await compare(PARTNER, 'conversation:delivered', { seq: 5 });
  await compare(ME, 'message:star', { seq: 2, on: true });
  await compare(ME, 'message:star', { seq: 2, on: true });
  await compare(ME, 'message:star', { seq: 3, on: true });
  await compare(PARTNER, 'message:star', { seq: 3, on: true });
  await compare(ME, 'message:star', { seq: 9, on: true });
  await compare(ME, 'message:delete', { seq: 2, scope: 'me' });
  await compare(ME, 'message:delete', { seq: 2, scope: 'me' });
  await compare(ME, 'message:star', { seq: 2, on: true });
  await compare(ME, 'message:delete', { seq: 3, scope: 'both' });
  await compare(ME, 'message:star', { seq: 3, on: true });
  await compare(ME, 'message:star', { seq: 3, on: false });
  await compare(ME, 'conversation:marks');
  await compare(ME, 'message:undelete', { seq: 3 });
  for (const who of [ME, PARTNER] as const) {
    await compare(who, 'conversation:marks');
    await compare(who, 'conversation:history');
    await compare(who, 'conversation:history', { marksRevision: 1 });
    await compare(who, 'conversation:sync', { afterRevision: 0 });
    await compare(who, 'conversation:list');
  }
  await compare(ME, 'message:delete', { seq: 5, scope: 'me' });
  await compare(ME, 'conversation:list');
  await compare(ME, 'conversation:clear', { upToSeq: 9 });
  await compare(ME, 'conversation:clear', { upToSeq: 3 });
  await compare(ME, 'conversation:clear', { upToSeq: 2 });
  for (const anchor of [{}, { beforeSeq: 5 }, { beforeSeq: 2 }, { afterSeq: 1 }, { aroundSeq: 1 }]) {
    await compare(ME, 'conversation:history', anchor);
  }
  await compare(ME, 'conversation:clear', { upToSeq: 5 });
  await compare(ME, 'conversation:clear', { upToSeq: 5 });
  await compare(ME, 'conversation:list');
  await compare(ME, 'conversation:history');
  await compare(ME, 'conversation:sync', { afterRevision: 0 });
  await compare(PARTNER, 'message:send', { clientId: 'z', body: '여섯', replyToSeq: 1 });
  await compare(ME, 'conversation:list');
  await compare(ME, 'conversation:history');
  await compare(PARTNER, 'conversation:history');
  for (const event of ['message:delete', 'message:undelete'] as const) {
    await compare(PARTNER, event, { seq: 6, ...(event === 'message:delete' && { scope: 'both' }) });
    await compare(ME, 'conversation:list');
    await compare(ME, 'conversation:sync', { afterRevision: 0 });
  }
});

test('forwarded messages are answered and told as the model of the client’s tests does', async () => {
  const forwardOf = { conversationId, seq: 1 };
  await compare(ME, 'message:send', { clientId: 'a', forwardOf });
  await compare(ME, 'message:send', { clientId: 'b', body: '하나' });
  await compare(PARTNER, 'message:send', { clientId: 'c', forwardOf, body: '지어낸 말' });
  await compare(PARTNER, 'message:edit', { seq: 2, body: '둘', baseRevision: 2 });
  await compare(PARTNER, 'message:delete', { seq: 2, scope: 'both' });
  await compare(ME, 'conversation:history');
  await compare(ME, 'message:send', { clientId: 'd', forwardOf: { conversationId, seq: 2 } });
  await compare(PARTNER, 'message:undelete', { seq: 2 });
  await compare(ME, 'message:send', { clientId: 'd', forwardOf: { conversationId, seq: 2 }, replyToSeq: 1 });
  await compare(ME, 'message:send', { clientId: 'e', forwardOf: { conversationId, seq: 9 } });
  await compare(ME, 'message:delete', { seq: 1, scope: 'me' });
  await compare(ME, 'message:send', { clientId: 'e', forwardOf });
  await compare(ME, 'conversation:history');
  await compare(ME, 'conversation:sync', { afterRevision: 1 });
});

test('pins are answered and told as the model of the client’s tests does', async () => {
  await compare(ME, 'message:send', { clientId: 'a', body: '하나' });
  await compare(PARTNER, 'conversation:delivered', { seq: 1 });
  for (let seq = 2; seq <= 12; seq++)
    await compare(ME, 'message:send', { clientId: `s${seq}`, body: `${seq}` });
  await compare(PARTNER, 'message:pin', { seq: 1, on: true });
  await compare(ME, 'message:pin', { seq: 1, on: true });
  await compare(PARTNER, 'message:pin', { seq: 2, on: false });
  await compare(PARTNER, 'message:pin', { seq: 13, on: true });
  await compare(ME, 'conversation:history', { aroundSeq: 12 });
  await compare(ME, 'conversation:history', { beforeSeq: 12 });
  await compare(ME, 'message:delete', { seq: 1, scope: 'both' });
  await compare(PARTNER, 'message:pin', { seq: 1, on: true });
  await compare(ME, 'conversation:history');
  await compare(ME, 'message:undelete', { seq: 1 });
  await compare(ME, 'conversation:history');
  await compare(ME, 'message:delete', { seq: 1, scope: 'both' });
  for (let seq = 2; seq <= 11; seq++) await compare(PARTNER, 'message:pin', { seq, on: true });
  await compare(ME, 'message:pin', { seq: 12, on: true });
  await compare(ME, 'message:undelete', { seq: 1 });
  await compare(ME, 'message:pin', { seq: 5, on: false });
  await compare(ME, 'message:pin', { seq: 12, on: true });
  await compare(ME, 'conversation:history');
  await compare(ME, 'conversation:list');
  for (const afterRevision of [0, 13, 20]) await compare(ME, 'conversation:sync', { afterRevision });
});
