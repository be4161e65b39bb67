import { expect, test } from 'vitest';
import type { HistoryPage, Message, SyncPage } from '#lib/chat/types.ts';
import { reduce } from '#lib/chat-client/reducer.ts';
import { getAppliedRevision, needsSync } from '#lib/chat-client/room.ts';
import { selectTotalUnread } from '#lib/chat-client/selectors.ts';
import { type ChatState, createInitialState } from '#lib/chat-client/state.ts';
import { viewer } from './harness.ts';
import { ModelServer, PARTNER } from './model-server.ts';

const conversationId = 'room';
const edit = { conversationId, clientId: 'x', body: 'x' };

function begin(messages: number) {
  const server = new ModelServer();
  server.pageSize = 4;
  server.addRoom(conversationId);
  for (let index = 0; index < messages; index++) server.send(PARTNER, { ...edit, clientId: `c${index}` });
  const initial = createInitialState(viewer, [structuredClone(server.entry(conversationId))]);
  return { server, state: openAt(initial, getPage(server)) };
}

const openAt = (state: ChatState, page: HistoryPage) =>
  reduce(state, { type: 'window:replaced', conversationId, page });
const roomOf = (state: ChatState) => {
  const room = state.conversations[conversationId];
  if (!room) throw new Error('no room');
  return room;
};
const messagesOf = (state: ChatState) => roomOf(state).window?.messages ?? [];

function getPage(server: ModelServer, anchor: { beforeSeq?: number; aroundSeq?: number } = {}): HistoryPage {
  const { ok, ...page } = server.history({ conversationId, ...anchor }) as HistoryPage & { ok: true };
  return structuredClone(page);
}

/** Changes a message on the server and gives the event. */
function change(server: ModelServer, seq: number): Message {
  server.change(conversationId, seq, 'edit');
  return structuredClone(server.room(conversationId).log[seq - 1] as Message);
}

function sync(state: ChatState, server: ModelServer, afterRevision = getAppliedRevision(roomOf(state))) {
  const page = structuredClone(server.sync({ conversationId, afterRevision })) as SyncPage & { ok: true };
  return { type: 'sync:loaded' as const, conversationId, afterRevision, staleMark: 0, page };
}

test('a page that left the server before a change already applied is brought up to date by a sync', () => {
  const { server, state } = begin(8);
  const page = getPage(server, { beforeSeq: 5 });
  let next = reduce(state, { type: 'message:changed', message: change(server, 3) });
  const windowId = roomOf(next).window?.id ?? 0;
  next = reduce(next, { type: 'page:loaded', conversationId, side: 'before', windowId, page });
  expect(needsSync(roomOf(next))).toBe(true);
  next = reduce(next, sync(next, server));
  expect(messagesOf(next)).toEqual(server.room(conversationId).log);
});

test('a late page of a window that was replaced is left out', () => {
  const { server, state } = begin(20);
  const windowId = roomOf(state).window?.id ?? 0;
  const page = getPage(server, { beforeSeq: 17 });
  const jumped = openAt(state, getPage(server, { aroundSeq: 14 }));
  const next = reduce(jumped, { type: 'page:loaded', conversationId, side: 'before', windowId, page });
  expect(next).toBe(jumped);
});

test('a late sync answer does not put an older version over a newer one', () => {
  const { server, state } = begin(4);
  const first = change(server, 2);
  const answer = sync(state, server);
  const second = change(server, 2);
  let next = reduce(state, { type: 'message:changed', message: first });
  next = reduce(next, { type: 'message:changed', message: second });
  next = reduce(next, answer);
  expect(messagesOf(next)[1]).toEqual(second);
});

test('an event that was applied changes nothing when it comes again', () => {
  const { server, state } = begin(4);
  const message = change(server, 2);
  const once = reduce(state, { type: 'message:changed', message });
  expect(reduce(once, { type: 'message:changed', message })).toBe(once);
});

test('an event behind a gap is not applied but makes a sync due', () => {
  const { server, state } = begin(4);
  change(server, 2);
  const later = change(server, 3);
  const next = reduce(state, { type: 'message:changed', message: later });
  expect(messagesOf(next)).toBe(messagesOf(state));
  expect(needsSync(roomOf(next))).toBe(true);
});

test('cursors only grow, whatever order they are heard in', () => {
  const { state } = begin(4);
  const move = (from: ChatState, readSeq: number) =>
    reduce(from, {
      type: 'cursor:moved',
      cursor: { conversationId, userId: viewer.userId, deliveredSeq: readSeq, readSeq },
    });
  const next = move(move(state, 3), 1);
  const cursors = roomOf(next).entry?.cursors.find(({ userId }) => userId === viewer.userId);
  expect(cursors?.readSeq).toBe(3);
});

test('a mute shows at once, and its conversation is not counted in the title', () => {
  const { server, state } = begin(3);
  expect(selectTotalUnread(state)).toBe(3);
  const entry = { ...structuredClone(server.entry(conversationId)), muted: true };
  const muted = reduce(state, { type: 'entries:received', entries: [entry] });
  expect(roomOf(muted).entry?.muted).toBe(true);
  expect(selectTotalUnread(muted)).toBe(0);
  const unmuted = reduce(muted, { type: 'entries:received', entries: [{ ...entry, muted: false }] });
  expect(selectTotalUnread(unmuted)).toBe(3);
});
