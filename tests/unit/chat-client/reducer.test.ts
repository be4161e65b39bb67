import { expect, test } from 'vitest';
import type { HistoryPage, Message, SyncPage } from '#lib/chat/types.ts';
import { reduce } from '#lib/chat-client/reducer.ts';
import { getAppliedRevision, needsSync } from '#lib/chat-client/state/revision.ts';
import { type ChatState, createConversationState, createInitialState } from '#lib/chat-client/state.ts';
import { createChatStore } from '#lib/chat-client/store.ts';
import { createListSelectors } from '#lib/chat-client/views/list-selectors.ts';
import { viewer } from './harness.ts';
import { ModelServer, PARTNER } from './model-server.ts';

const conversationId = 'conversation';
const edit = { conversationId, clientId: 'x', body: 'x' };

function begin(messages: number) {
  const server = new ModelServer();
  server.pageSize = 4;
  server.addConversation(conversationId);
  for (let index = 0; index < messages; index++) server.send(PARTNER, { ...edit, clientId: `c${index}` });
  const initial = createInitialState(viewer, [structuredClone(server.entry(conversationId))]);
  return { server, state: openAt(initial, getPage(server)) };
}

const openAt = (state: ChatState, page: HistoryPage) =>
  reduce(state, { type: 'window:replaced', conversationId, page });
const conversationOf = (state: ChatState) => {
  const conversation = state.conversations[conversationId];
  if (!conversation) throw new Error('no conversation');
  return conversation;
};
const { totalUnread } = createListSelectors();
const messagesOf = (state: ChatState) => conversationOf(state).window?.messages ?? [];

function getPage(server: ModelServer, anchor: { beforeSeq?: number; aroundSeq?: number } = {}): HistoryPage {
  const { ok, ...page } = server.history({ conversationId, ...anchor }) as HistoryPage & { ok: true };
  return structuredClone(page);
}

/** Changes a message on the server and gives the event. */
function change(server: ModelServer, seq: number): Message {
  server.edit(conversationId, seq);
  return structuredClone(server.conversation(conversationId).log[seq - 1] as Message);
}

function sync(
  state: ChatState,
  server: ModelServer,
  afterRevision = getAppliedRevision(conversationOf(state)),
) {
  const page = structuredClone(server.sync({ conversationId, afterRevision })) as SyncPage & { ok: true };
  return { type: 'sync:loaded' as const, conversationId, afterRevision, staleMark: 0, page };
}

test('a page that left the server before a change already applied is brought up to date by a sync', () => {
  const { server, state } = begin(8);
  const page = getPage(server, { beforeSeq: 5 });
  let next = reduce(state, { type: 'message:changed', message: change(server, 3) });
  const windowId = conversationOf(next).window?.id ?? 0;
  next = reduce(next, { type: 'page:loaded', conversationId, side: 'before', windowId, page });
  expect(needsSync(conversationOf(next))).toBe(true);
  next = reduce(next, sync(next, server));
  expect(messagesOf(next)).toEqual(server.conversation(conversationId).log);
});

test('a late page of a window that was replaced is left out', () => {
  const { server, state } = begin(20);
  const windowId = conversationOf(state).window?.id ?? 0;
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
  expect(needsSync(conversationOf(next))).toBe(true);
});

test('cursors only grow, whatever order they are heard in', () => {
  const { state } = begin(4);
  const move = (from: ChatState, readSeq: number) =>
    reduce(from, {
      type: 'cursor:moved',
      cursor: { conversationId, userId: viewer.userId, deliveredSeq: readSeq, readSeq },
    });
  const next = move(move(state, 3), 1);
  const cursors = conversationOf(next).entry?.cursors.find(({ userId }) => userId === viewer.userId);
  expect(cursors?.readSeq).toBe(3);
});

test('a mute shows at once, and its conversation is not counted in the title', () => {
  const { server, state } = begin(3);
  expect(totalUnread(state)).toBe(3);
  const entry = { ...structuredClone(server.entry(conversationId)), muted: true };
  const muted = reduce(state, { type: 'entries:received', entries: [entry] });
  expect(conversationOf(muted).entry?.muted).toBe(true);
  expect(totalUnread(muted)).toBe(0);
  const unmuted = reduce(muted, { type: 'entries:received', entries: [{ ...entry, muted: false }] });
  expect(totalUnread(unmuted)).toBe(3);
});

test('a page that was drawn before a mute does not take it back, and a sync is due', () => {
  const { server, state } = begin(2);
  const drawn = { page: getPage(server), entry: structuredClone(server.entry(conversationId)) };
  const muted = { ...structuredClone(drawn.entry), muted: true };
  let next = reduce(state, { type: 'entries:received', entries: [muted] });
  next = reduce(next, { type: 'conversation:seeded', conversationId, seed: drawn });
  expect(conversationOf(next).entry?.muted).toBe(true);
  expect(needsSync(conversationOf(next))).toBe(true);
});

test('heads of many conversations are one change, and leave those alone that they say nothing new of', () => {
  const server = new ModelServer();
  const ids = ['conversation-a', 'conversation-b', 'conversation-c'];
  for (const id of ids) server.addConversation(id);
  const store = createChatStore(
    viewer,
    ids.map((id) => structuredClone(server.entry(id))),
  );
  const before = store.getState();
  for (const id of ['conversation-a', 'conversation-b'])
    server.send(PARTNER, { ...edit, conversationId: id });
  const seen: number[] = [];
  store.subscribe(() => seen.push(Object.values(store.getState().conversations).filter(needsSync).length));
  store.dispatch({ type: 'heads:received', heads: structuredClone(server.heads()) });
  expect(seen).toEqual([2]);
  expect(store.getState().conversations['conversation-c']).toBe(before.conversations['conversation-c']);
  store.dispatch({ type: 'heads:received', heads: {} });
  expect(seen).toEqual([2]);
});

test('a new connection asks anew about every window in one change', () => {
  const { state } = begin(4);
  const other = createConversationState('other');
  const both = { ...state, conversations: { ...state.conversations, other } };
  const next = reduce(both, { type: 'windows:stale' });
  expect(needsSync(conversationOf(next))).toBe(true);
  expect(next.conversations.other).toBe(other);
});

/** Somebody's whole conversation, as the server knows it and as a client that shows nothing of it does. */
function beginInList(messages: number) {
  const { server } = begin(messages);
  return { server, state: createInitialState(viewer, [structuredClone(server.entry(conversationId))]) };
}

/** What the server tells of the change that it makes. */
function tell(server: ModelServer, make: () => unknown): Message {
  const told: Message[] = [];
  server.emit = (_, payload) => void told.push(structuredClone(payload) as Message);
  make();
  return told[0] as Message;
}
const place = (seq: number) => ({ conversationId, seq });
const hear = (state: ChatState, message: Message) => reduce(state, { type: 'message:changed', message });
const quotesIn = (state: ChatState) => messagesOf(state).flatMap(({ replyTo }) => replyTo?.body ?? []);

test('a quote follows what it quotes: edited, deleted, brought back', () => {
  const { server, state } = begin(2);
  const reply = tell(server, () => server.send(PARTNER, { ...edit, clientId: 'reply', replyToSeq: 2 }));
  let next = hear(state, reply);
  expect(quotesIn(next)).toEqual(['x']);
  next = hear(next, change(server, 2));
  expect(quotesIn(next)).toEqual(['«x again»']);
  next = hear(
    next,
    tell(server, () => server.delete(PARTNER, { ...place(2), scope: 'both' })),
  );
  expect(messagesOf(next)[2]?.replyTo).toMatchObject({ body: '', deletedAt: expect.any(String) });
  next = hear(
    next,
    tell(server, () => server.undelete(PARTNER, place(2))),
  );
  expect(quotesIn(next)).toEqual(['«x again»']);
  expect(messagesOf(next)).toEqual(server.read(conversationId));
});

test('a late sync answer does not take a quote back', () => {
  const { server, state } = begin(3);
  const reply = tell(server, () => server.send(PARTNER, { ...edit, clientId: 'reply', replyToSeq: 2 }));
  let next = hear(state, reply);
  const first = change(server, 2);
  const answer = sync(next, server);
  const second = change(server, 2);
  for (const message of [first, second]) next = hear(next, message);
  next = reduce(next, answer);
  expect(quotesIn(next)).toEqual(['«x again again»']);
});

test('a reaction to what is quoted leaves the reply the same object', () => {
  const { server, state } = begin(2);
  const reply = tell(server, () => server.send(PARTNER, { ...edit, clientId: 'reply', replyToSeq: 2 }));
  const before = hear(state, reply);
  const reacted = tell(server, () => server.react(PARTNER, { ...place(2), emoji: '👍', on: true }));
  const after = hear(before, reacted);
  expect(messagesOf(after)[1]?.reactions).toEqual([{ emoji: '👍', userIds: [PARTNER] }]);
  expect(messagesOf(after)[2]).toBe(messagesOf(before)[2]);
});

test('the row of a conversation says the new text of its newest message, and does not move', () => {
  const { server, state } = beginInList(2);
  const next = hear(state, change(server, 2));
  expect(conversationOf(next).entry?.lastMessage).toEqual(server.entry(conversationId).lastMessage);
  const older = hear(next, change(server, 1));
  expect(conversationOf(older).entry?.lastMessage).toEqual(conversationOf(next).entry?.lastMessage);
});

test('where nothing is loaded, a newest message that vanished loses its text at once, and a sync tells what stands there', () => {
  const { server, state } = beginInList(2);
  const gone = tell(server, () => server.delete(PARTNER, { ...place(2), scope: 'both' }));
  expect(gone.vanished).toBe(true);
  let next = hear(state, gone);
  expect(conversationOf(next).entry?.lastMessage?.body).toBe('');
  expect(needsSync(conversationOf(next))).toBe(true);
  next = reduce(next, { ...sync(next, server), staleMark: 1 });
  expect(conversationOf(next).entry).toEqual(server.entry(conversationId));
  expect(needsSync(conversationOf(next))).toBe(false);
});

test('a loaded conversation knows itself what is newest, and unread, after a message vanished and came back', () => {
  const { server, state } = begin(3);
  let next = hear(
    state,
    tell(server, () => server.delete(PARTNER, { ...place(3), scope: 'both' })),
  );
  expect(conversationOf(next).entry).toEqual(server.entry(conversationId));
  expect(conversationOf(next).entry).toMatchObject({ unread: 2, lastMessage: { seq: 2 } });
  next = hear(
    next,
    tell(server, () => server.undelete(PARTNER, place(3))),
  );
  expect(conversationOf(next).entry).toEqual(server.entry(conversationId));
  expect(conversationOf(next).entry).toMatchObject({ unread: 3, lastMessage: { seq: 3 } });
  expect(needsSync(conversationOf(next))).toBe(false);
});

test('where nothing is loaded, a change of what is unread makes a sync due, one of what is read does not', () => {
  const { server, state } = beginInList(3);
  const cursor = { userId: viewer.userId, deliveredSeq: 2, readSeq: 2 };
  server.moveCursor(viewer.userId, 'read', conversationId, 2);
  let next = reduce(state, { type: 'cursor:moved', cursor: { conversationId, ...cursor, unread: 1 } });
  next = reduce(next, { ...sync(next, server), staleMark: conversationOf(next).staleMark });
  next = hear(next, change(server, 2));
  expect(needsSync(conversationOf(next))).toBe(false);
  next = hear(next, change(server, 3));
  expect(needsSync(conversationOf(next))).toBe(true);
});

test('somebody’s reaction does not end the partner’s typing, their message does', () => {
  const { server, state } = begin(2);
  let next = reduce(state, { type: 'typing:started', conversationId, userId: PARTNER });
  next = hear(
    next,
    tell(server, () => server.react(viewer.userId, { ...place(2), emoji: '👍', on: true })),
  );
  expect(conversationOf(next).isPartnerTyping).toBe(true);
  next = hear(
    next,
    tell(server, () => server.send(PARTNER, { ...edit, clientId: 'said' })),
  );
  expect(conversationOf(next).isPartnerTyping).toBe(false);
});
