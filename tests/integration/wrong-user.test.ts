import { globSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import type { ClientEvents } from '#lib/realtime/events.ts';
import { clientEvents } from '#lib/realtime/handlers.ts';
import { type Call, callAction, readActions, toAddress } from '../support/actions.ts';
import { ask } from '../support/ask.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, type TestClient } from '../support/live.ts';
import { addPair, addPerson, addSession, type Person } from '../support/people.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer, type TestServer } from '../support/server.ts';

/**
 * Every event, action and route, each asked by a third person and by a guest. What is new and takes an id fails here
 * until it has a line in one of the three tables.
 */

/** What a stranger may know or guess: a conversation, one of its two people, and a login of theirs. */
type Ids = { conversationId: string; userId: string; sessionId: string };

const EVENTS: Record<keyof ClientEvents, (ids: Ids) => object> = {
  'message:send': ({ conversationId }) => ({ conversationId, clientId: 'x', body: '나도', replyToSeq: 1 }),
  'message:edit': ({ conversationId }) => ({
    conversationId,
    seq: 1,
    body: '네 말이 아니라 내 말',
    baseRevision: 1,
  }),
  'message:undelete': ({ conversationId }) => ({ conversationId, seq: 1 }),
  'message:react': ({ conversationId }) => ({ conversationId, seq: 1, emoji: '👍', on: true }),
  'message:pin': ({ conversationId }) => ({ conversationId, seq: 1, on: true }),
  'message:delete': ({ conversationId }) => ({ conversationId, seq: 1, scope: 'both' }),
  'message:star': ({ conversationId }) => ({ conversationId, seq: 1, on: true }),
  'conversation:clear': ({ conversationId }) => ({ conversationId, upToSeq: 1 }),
  'conversation:marks': ({ conversationId }) => ({ conversationId }),
  'conversation:delivered': ({ conversationId }) => ({ conversationId, seq: 1 }),
  'conversation:read': ({ conversationId }) => ({ conversationId, seq: 1 }),
  'conversation:typing': ({ conversationId }) => ({ conversationId }),
  'conversation:typing-stopped': ({ conversationId }) => ({ conversationId }),
  'conversation:history': ({ conversationId }) => ({ conversationId, aroundSeq: 1 }),
  'conversation:sync': ({ conversationId }) => ({ conversationId, afterRevision: 0 }),
  'conversation:list': ({ conversationId }) => ({ before: { at: '2999-01-01T00:00:00Z', conversationId } }),
};
const UNANSWERED = new Set<string>(['conversation:typing', 'conversation:typing-stopped']);

/** What an action is called with, and what comes back for an id that is not the caller's; without either it takes none. */
type ActionCase = { call: (ids: Ids) => Call; stranger?: string; guest: string };

const LOGIN = '/login';
const ofConversation = (more: object): Pick<ActionCase, 'call'> => ({
  call: ({ conversationId }) => ({ values: [{ conversationId, ...more }] }),
});
/** Of the caller alone, whoever that is. */
const own = (call: Call): ActionCase => ({ call: () => call, guest: LOGIN });

/** Text where no id is taken: what is done is for everybody, or a mailed secret says whose it is. */
const ACTIONS: Record<string, ActionCase | string> = {
  blockPartner: { ...ofConversation({ blocked: true }), stranger: 'not_found', guest: 'unauthorized' },
  muteConversation: { ...ofConversation({ muted: true }), stranger: 'not_found', guest: 'unauthorized' },
  showMessageDetails: { ...ofConversation({ seq: 1 }), stranger: 'not_found', guest: 'unauthorized' },
  listMessages: { ...ofConversation({ query: '우리끼리' }), stranger: 'not_found', guest: LOGIN },
  listStarredMessages: own({ values: [{}] }),
  startChat: { call: ({ userId }) => ({ values: [userId] }), guest: LOGIN },
  startFromForm: { call: ({ userId: partnerId }) => ({ form: { partnerId } }), guest: LOGIN },
  endSession: { call: ({ sessionId }) => ({ form: { sessionId } }), stranger: 'notFound', guest: LOGIN },
  unblockPartner: {
    call: ({ conversationId }) => ({ form: { conversationId } }),
    stranger: 'notFound',
    guest: LOGIN,
  },
  listPeople: own({ values: ['하나'] }),
  chooseTheme: own({ form: { theme: 'dark' } }),
  chooseEmailPreference: own({ form: { email: 'never' } }),
  submitPasswordChange: own({ form: { currentPassword: 'a', password: 'b', confirmPassword: 'b' } }),
  submitEmailChange: own({ form: { email: 'a@example.com', currentPassword: 'a' } }),
  resumeOwnMail: own({ values: [] }),
  resendVerification: own({ values: [] }),
  createAccount: 'guests',
  logIn: 'guests',
  requestReset: 'guests',
  logOut: 'ends the session of the cookie',
  chooseLanguage: 'everybody',
  chooseNewPassword: 'token: auth-tokens.test.ts',
  confirmEmail: 'token: auth-tokens.test.ts',
  confirmLogin: 'token: auth-guesses.test.ts',
};

/** Addresses with an id in them, ID standing for a conversation's; text where there is none. */
const ROUTES: Record<string, string[] | string> = {
  '/chat/[conversationId]': ['/chat/ID', '/chat/ID?m=1'],
  '/search': ['/search?in=ID', '/search?in=ID&q=%EC%9A%B0%EB%A6%AC%EB%81%BC%EB%A6%AC'],
  '/chat': 'the person of the cookie',
  '/chat/new': 'the person of the cookie',
  '/starred': 'the person of the cookie',
  '/settings': 'the person of the cookie',
  '/settings/account': 'the person of the cookie',
  '/settings/security': 'the person of the cookie',
  '/settings/notifications': 'the person of the cookie',
  '/settings/privacy': 'the person of the cookie',
  '/': 'everybody',
  '/login': 'guests',
  '/signup': 'guests',
  '/forgot-password': 'guests',
  '/confirm-login': 'token: auth-guesses.test.ts',
  '/reset-password': 'token: auth-tokens.test.ts',
  '/verify-email': 'token: auth-tokens.test.ts',
  '/unsubscribe': 'signed: email-unsubscribe.test.ts',
  '/api/unsubscribe': 'signed: email-unsubscribe.test.ts',
  '/api/webhooks/resend': 'signed: email-webhooks.test.ts',
  '/dev/mailbox': 'this machine: mailbox-access.test.ts',
  '/dev/mailbox/[name]': 'this machine: mailbox-access.test.ts',
  '/api/metrics': 'this machine: mark-request.test.ts',
  '/api/auth/[...nextauth]': 'the session of the cookie',
  '/api/health': 'everybody',
  '/api/ready': 'everybody',
};

const { url: databaseUrl } = await setUpDatabase();
let server: TestServer;
let first: Person;
let ids: Ids;
let stranger: Person;
let strangerClient: TestClient;
/** Somebody whose session row lives, but who was suspended. */
let suspended: Person;
let clients: TestClient[];
const heard: string[] = [];

beforeAll(async () => {
  server = await startServer({ DATABASE_URL: databaseUrl, AUTH_SECRET: TEST_SECRET });
  const pair = await addPair();
  first = pair.first;
  ids = { conversationId: pair.conversationId, userId: first.userId, sessionId: first.sessionId };
  stranger = await addPerson('낯선이');
  // A partner of one of the two is as much a stranger to their conversation.
  const started = await startConversation({ userId: stranger.userId, partnerId: first.userId });
  if (!started.ok) throw new Error('no conversation');
  clients = await Promise.all(
    [pair.first, pair.second].map(({ cookie }) => connectClient(server.url, cookie)),
  );
  strangerClient = await connectClient(server.url, stranger.cookie);
  suspended = await addPerson('정지');
  await getPool().query("update users set state = 'suspended' where id = $1", [suspended.userId]);
  const { conversationId } = ids;
  await clients[0]?.emitWithAck('message:send', { conversationId, clientId: '1', body: '우리끼리' });
  // Each has heard of all that was theirs.
  for (const client of clients) {
    await client.emitWithAck('conversation:list', {});
    // Presence tells of connections, which the tests open and close themselves, a moment later.
    client.onAny((event) => event !== 'heads' && event !== 'presence' && heard.push(event));
  }
});
afterAll(async () => {
  for (const client of [...clients, strangerClient]) client.disconnect();
  await server.stop();
});

/** Ids of the same kinds that nobody has. */
const makeIds = (): Ids => ({ conversationId: uuidv7(), userId: uuidv7(), sessionId: uuidv7() });

/** All that could have been changed, and what the two people have been told. */
async function readState(): Promise<unknown> {
  // What was asked before this is done, and all that came of it has arrived.
  await strangerClient.emitWithAck('conversation:list', {});
  for (const client of clients) await client.emitWithAck('conversation:list', {});
  const state = [];
  for (const query of [
    'select * from conversations order by id',
    'select conversation_id, user_id, delivered_seq, read_seq, blocked, muted, opened, marks_revision, cleared_seq from members order by 1, 2',
    'select * from marks order by 1, 2, 3',
    'select * from messages order by conversation_id, seq',
    'select * from changes order by conversation_id, revision',
    'select id, user_id from sessions where revoked_at is null and user_id = any($1) order by id',
    'select id, email, email_preference, password_hash from users order by id',
  ]) {
    const { rows } = await getPool().query(
      query,
      query.includes('$1') ? [[ids.userId, stranger.userId]] : [],
    );
    state.push(rows);
  }
  return { state, heard: [...heard] };
}

const emit = (client: TestClient, event: string, input: object): Promise<unknown> =>
  (client as unknown as { emitWithAck(event: string, input: object): Promise<unknown> }).emitWithAck(
    event,
    input,
  );

test('every event, action and route is in its table', () => {
  expect(Object.keys(EVENTS).toSorted()).toEqual(clientEvents.toSorted());
  expect(Object.keys(ACTIONS).toSorted()).toEqual(
    readActions()
      .map(({ name }) => name)
      .toSorted(),
  );
  const app = path.resolve(import.meta.dirname, '../../app');
  const routes = globSync('**/{page.tsx,route.ts}', { cwd: app }).map((file) =>
    toAddress(`app/${file.replace(/\.tsx?$/, '')}`),
  );
  expect(Object.keys(ROUTES).toSorted()).toEqual(routes.toSorted());
});

test.each(clientEvents)(
  '%s in a conversation of others does nothing, and answers as for a conversation that is not there',
  async (event) => {
    const before = await readState();
    const answers = [];
    for (const asked of [ids, makeIds()]) {
      const input = EVENTS[event](asked);
      if (UNANSWERED.has(event))
        (strangerClient.emit as (event: string, input: object) => void)(event, input);
      else answers.push(await emit(strangerClient, event, input));
    }
    if (event === 'conversation:list') {
      expect(answers[0]).toMatchObject({
        ok: true,
        conversations: [{ partner: { userId: first.userId }, lastSeq: 0 }],
      });
      expect(answers[1]).toEqual(answers[0]);
    } else {
      expect(answers).toEqual(answers.map(() => ({ ok: false, error: { code: 'not_found' } })));
    }
    expect(await readState()).toEqual(before);
  },
);

test.each(clientEvents)('%s does nothing once the session has ended', async (event) => {
  const session = await addSession(first.userId);
  const client = await connectClient(server.url, session.cookie);
  await getPool().query('update sessions set revoked_at = now() where id = $1', [session.sessionId]);
  const before = await readState();
  const gone = new Promise((resolve) => client.once('disconnect', resolve));
  const answer = UNANSWERED.has(event)
    ? client.emit(event as 'conversation:typing', { conversationId: ids.conversationId })
    : await emit(client, event, EVENTS[event](ids));
  if (!UNANSWERED.has(event)) expect(answer).toEqual({ ok: false, error: { code: 'unauthorized' } });
  // Whoever speaks after the end is shown out.
  await gone;
  expect(await readState()).toEqual(before);
});

const isCase = (entry: [string, ActionCase | string]): entry is [string, ActionCase] =>
  typeof entry[1] !== 'string';
const actionCases = Object.entries(ACTIONS).filter(isCase);

test.each(actionCases.filter(([, { stranger: code }]) => code !== undefined))(
  'the action %s does nothing with what is another’s, and answers as for nothing',
  async (name, { call, stranger: code }) => {
    const before = await readState();
    const answers = [];
    for (const asked of [ids, makeIds()]) {
      const { status, result } = await callAction(server.url, name, call(asked), { cookie: stranger.cookie });
      answers.push({ status, result });
    }
    expect(answers[0]).toEqual({ status: 200, result: expect.stringContaining(code as string) });
    expect(answers[1]).toEqual(answers[0]);
    expect(await readState()).toEqual(before);
  },
);

test.each(['startChat', 'startFromForm'])('%s makes no conversation with nobody or oneself', async (name) => {
  const before = await readState();
  const { call } = ACTIONS[name] as ActionCase;
  for (const userId of [stranger.userId, uuidv7()]) {
    const answer = await callAction(server.url, name, call({ ...ids, userId }), { cookie: stranger.cookie });
    expect(answer.result).toContain('not_found');
  }
  expect(await readState()).toEqual(before);
});

test.each(actionCases)(
  'the action %s does nothing for a guest or who is suspended',
  async (name, { call, guest }) => {
    const before = await readState();
    const ended = await addSession(first.userId);
    await getPool().query('update sessions set revoked_at = now() where id = $1', [ended.sessionId]);
    const { cookie } = suspended;
    for (const headers of [{}, { cookie: ended.cookie }, { cookie }] as Record<string, string>[]) {
      const answer = await callAction(server.url, name, call(ids), headers);
      if (guest === LOGIN) expect(answer.headers['x-action-redirect']).toMatch(/^\/login(\?|;|$)/);
      else expect(answer.result).toContain(guest);
      expect(answer.body).not.toContain('우리끼리');
      expect(answer.body).not.toContain(first.username);
    }
    expect(await readState()).toEqual(before);
  },
);

test('a search through all conversations finds nothing of others, wherever it goes on', async () => {
  const query = '우리끼리';
  const before = { at: '2999-01-01T00:00:00Z', conversationId: ids.conversationId, seq: 9 };
  for (const input of [{ query }, { query, before }]) {
    const { cookie } = stranger;
    const { result } = await callAction(server.url, 'listMessages', { values: [input] }, { cookie });
    expect(result).toContain('"hits":[]');
  }
});

const idRoutes = Object.values(ROUTES).filter((addresses) => typeof addresses !== 'string');

/** What a page load is answered with, whole or in part as after a click; Next first names the part in the address. */
async function load(address: string, headers: Record<string, string>) {
  const answer = await ask(server.url, address, { headers });
  const { location = '' } = answer.headers;
  return location.includes('_rsc') ? ask(server.url, location, { headers }) : answer;
}

test.each(idRoutes.flat())(
  '%s is to a stranger what does not exist, and leads a guest or who is suspended to log in',
  async (address) => {
    const before = await readState();
    const words = new RegExp(`우리끼리|${first.username}`);
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const answers = [];
      for (const id of [ids.conversationId, uuidv7(), 'not-an-id']) {
        const answer = await load(address.replace('ID', id), { ...headers, cookie: stranger.cookie });
        expect(answer.body).not.toContain('우리끼리');
        if (headers.rsc) expect(answer.body).toContain('NEXT_HTTP_ERROR_FALLBACK;404');
        answers.push(answer.status);
      }
      // A part of a page says in its body that there is nothing.
      expect(answers).toEqual(answers.map(() => (headers.rsc ? 200 : 404)));
      for (const cookie of [undefined, suspended.cookie]) {
        const who = { ...headers, ...(cookie && { cookie }) };
        const guest = await load(address.replace('ID', ids.conversationId), who);
        expect(guest.headers.location ?? guest.body).toMatch(/\/login\?next=/);
        expect(guest.body).not.toMatch(words);
      }
    }
    expect(await readState()).toEqual(before);
  },
);
