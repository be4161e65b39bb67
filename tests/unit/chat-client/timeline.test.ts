import { expect, test } from 'vitest';
import { createLayer } from '#lib/chat-client/changes/overlay.ts';
import type { Edit } from '#lib/chat-client/outbox/draft.ts';
import type { SendItem } from '#lib/chat-client/outbox/outbox-item.ts';
import { reduce } from '#lib/chat-client/reducer.ts';
import { type ChatState, createInitialState, type PendingItem } from '#lib/chat-client/state.ts';
import type { StoreEvent } from '#lib/chat-client/store-event.ts';
import { createListSelectors } from '#lib/chat-client/views/list-selectors.ts';
import {
  createQuoteSelector,
  createRowSelector,
  createViewSelector,
  selectUnsentCount,
} from '#lib/chat-client/views/selectors.ts';
import { viewer } from './harness.ts';
import { ME, ModelServer, PARTNER } from './model-server.ts';

/** What a timeline and a row show of changes on their way. */

const conversationId = 'conversation';

/** A conversation of the viewer (odd seqs) and the partner, all of it loaded, in which message 4 answers message 3. */
function begin() {
  const server = new ModelServer();
  server.addConversation(conversationId);
  for (let seq = 1; seq <= 4; seq++) {
    server.send(seq % 2 ? ME : PARTNER, {
      conversationId,
      clientId: `c${seq}`,
      body: `text ${seq}`,
      ...(seq === 4 && { replyToSeq: 3 }),
    });
  }
  let state = createInitialState(viewer, [structuredClone(server.entry(conversationId))]);
  const dispatch = (event: StoreEvent) => {
    state = reduce(state, event);
  };
  const page = server.history({ conversationId });
  if (!page.ok) throw new Error('no page');
  dispatch({ type: 'window:replaced', conversationId, page: structuredClone(page) });
  dispatch({ type: 'overlay:loaded', overlay: createLayer });
  const selectView = createViewSelector(conversationId);
  return {
    server,
    dispatch,
    state: () => state,
    view: () => selectView(state),
    at: (seq: number) => selectView(state).items.find((item) => item.seq === seq),
    reload() {
      const next = server.history({ conversationId });
      if (next.ok) dispatch({ type: 'window:replaced', conversationId, page: structuredClone(next) });
    },
  };
}

let order = 0;
type Change = { kind: 'edit'; seq: number; text: string } | { kind: 'delete' | 'undelete'; seq: number };
type Reaction = { kind: 'react'; seq: number; emoji: string; on: boolean };
type Pinning = { kind: 'pin'; seq: number; on: boolean } | { kind: 'hide'; seq: number };

function pend(
  change: Change | Reaction | Pinning | { kind: 'send'; draft: { text: string; replyToSeq?: number } },
) {
  const clientId = `item${++order}`;
  const pending = {
    conversationId,
    clientId,
    createdAt: '2026-11-30T00:00:00.000Z',
    order,
    state: 'sending',
    baseRevision: 1,
    ...change,
  } as PendingItem;
  return { type: 'pending:put' as const, pending };
}

test('a new text shows at once with a mark, until the window has it; only that message is another object', () => {
  const { server, dispatch, view, at } = begin();
  const before = view().items;
  const put = pend({ kind: 'edit', seq: 3, text: 'new' });
  dispatch(put);
  expect(at(3)).toMatchObject({ kind: 'stored', body: 'new', isChanging: true, message: { body: 'new' } });
  expect(view().items.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(view().items[0]).toBe(before[0]);

  const other = server.react(PARTNER, { conversationId, seq: 1, emoji: '👍', on: true });
  const made = server.editMessage(ME, { conversationId, seq: 3, body: 'new', baseRevision: 4 });
  if (!made.ok || !other.ok) throw new Error('refused');
  dispatch({ type: 'pending:stored', clientId: put.pending.clientId, message: made.message });
  // The window has yet to hear of the reaction before it.
  expect(at(3)).toMatchObject({ body: 'new' });
  expect(at(3)).not.toHaveProperty('isChanging');
  dispatch({ type: 'message:changed', message: other.message });
  dispatch({ type: 'message:changed', message: made.message });
  expect(at(3)).toMatchObject({ body: 'new', message: made.message });
});

test('a change whose window is past it is laid over the log no more', () => {
  const { server, dispatch, state, reload } = begin();
  const put = pend({ kind: 'edit', seq: 3, text: 'new' });
  dispatch(put);
  const made = server.editMessage(ME, { conversationId, seq: 3, body: 'new', baseRevision: 4 });
  server.edit(conversationId, 3);
  reload();
  dispatch({ type: 'entries:received', entries: [server.entry(conversationId)] });
  if (made.ok) dispatch({ type: 'pending:stored', clientId: put.pending.clientId, message: made.message });
  expect(state().conversations[conversationId]?.pending).toEqual([]);
});

test('a deletion shows at once, with nothing left of the message, and its undo before it went brings it back', () => {
  const { dispatch, at } = begin();
  dispatch(pend({ kind: 'edit', seq: 3, text: 'new' }));
  dispatch(pend({ kind: 'delete', seq: 3 }));
  expect(at(3)).toMatchObject({ kind: 'deleted', body: '' });
  expect(at(4)?.replyTo).toMatchObject({ seq: 3, body: '', deletedAt: expect.any(String) });
  expect(JSON.stringify(at(3))).not.toMatch(/new|text 3/);
  dispatch(pend({ kind: 'undelete', seq: 3 }));
  expect(at(3)).toMatchObject({ kind: 'stored', body: 'new' });
});

test('reactions show at once, and go at once', () => {
  const { server, dispatch, at } = begin();
  const reacted = server.react(PARTNER, { conversationId, seq: 3, emoji: '👍', on: true });
  if (reacted.ok) dispatch({ type: 'message:changed', message: reacted.message });
  dispatch(pend({ kind: 'react', seq: 3, emoji: '👍', on: true }));
  dispatch(pend({ kind: 'react', seq: 3, emoji: '❤️', on: true }));
  expect(at(3)?.message).toMatchObject({
    reactions: [
      { emoji: '👍', userIds: [PARTNER, ME] },
      { emoji: '❤️', userIds: [ME] },
    ],
  });
  dispatch(pend({ kind: 'react', seq: 3, emoji: '❤️', on: false }));
  expect(at(3)?.message).toMatchObject({ reactions: [{ emoji: '👍', userIds: [PARTNER, ME] }] });
  dispatch(pend({ kind: 'react', seq: 1, emoji: '❤️', on: true }));
  dispatch(pend({ kind: 'react', seq: 1, emoji: '❤️', on: false }));
  expect(at(1)?.message).not.toHaveProperty('reactions');
});

test('pins show at once, one’s own first, and go at once; they follow what is on its way for their message', () => {
  const { server, dispatch, view, at } = begin();
  const listPins = () => view().pins.map(({ seq, body, pinnedBy }) => [seq, body, pinnedBy]);
  const pinned = server.pin(PARTNER, { conversationId, seq: 1, on: true });
  if (pinned.ok) dispatch({ type: 'message:changed', message: pinned.message });
  const before = view().pins;
  dispatch(pend({ kind: 'pin', seq: 3, on: true }));
  dispatch(pend({ kind: 'pin', seq: 1, on: true }));
  expect(listPins()).toEqual([
    [3, 'text 3', ME],
    [1, 'text 1', PARTNER],
  ]);
  expect(at(3)?.message).toMatchObject({ pinnedBy: ME, pinnedAt: expect.any(String) });
  expect(at(1)?.message).toMatchObject({ pinnedBy: PARTNER });
  dispatch(pend({ kind: 'edit', seq: 3, text: 'new' }));
  expect(listPins()[0]).toEqual([3, 'new', ME]);
  dispatch(pend({ kind: 'delete', seq: 3 }));
  expect(view().pins).toEqual(before);
  expect(at(3)?.message).not.toHaveProperty('pinnedBy');
  dispatch(pend({ kind: 'pin', seq: 1, on: false }));
  expect(view().pins).toEqual([]);
  expect(at(1)?.message).not.toHaveProperty('pinnedAt');
  dispatch(pend({ kind: 'pin', seq: 2, on: true }));
  expect(listPins()).toEqual([[2, 'text 2', ME]]);
  dispatch(pend({ kind: 'hide', seq: 2 }));
  expect(view().pins).toEqual([]);
});

test('pins are the same array as long as they say the same', () => {
  const { server, dispatch, view } = begin();
  const pinned = server.pin(PARTNER, { conversationId, seq: 1, on: true });
  if (pinned.ok) dispatch({ type: 'message:changed', message: pinned.message });
  const { pins } = view();
  expect(pins).toHaveLength(1);
  dispatch(pend({ kind: 'send', draft: { text: 'another' } }));
  const reacted = server.react(PARTNER, { conversationId, seq: 1, emoji: '👍', on: true });
  if (reacted.ok) dispatch({ type: 'message:changed', message: reacted.message });
  expect(view().pins).toBe(pins);
});

test('what a reply quotes follows a new text that is on its way', () => {
  const { dispatch, state, view, at } = begin();
  dispatch(pend({ kind: 'edit', seq: 3, text: 'new' }));
  expect(at(4)?.replyTo).toMatchObject({ seq: 3, body: 'new' });
  dispatch(pend({ kind: 'send', draft: { text: 'so', replyToSeq: 3 } }));
  dispatch(pend({ kind: 'send', draft: { text: 'and', replyToSeq: 90 } }));
  expect(view().items.at(-2)?.replyTo).toEqual({ seq: 3, senderId: ME, body: 'new' });
  expect(view().items.at(-1)).not.toHaveProperty('replyTo');
  const select = createQuoteSelector(conversationId, 3);
  expect(select(state())).toEqual({ seq: 3, senderId: ME, body: 'new' });
  expect(select({ ...state() })).toBe(select(state()));
  expect(createQuoteSelector(conversationId, undefined)(state())).toBeNull();
  expect(createQuoteSelector('elsewhere', 3)(state())).toBeNull();
});

test('a refused edit changes nothing of what is shown', () => {
  const { dispatch, view } = begin();
  const before = view().items;
  const put = pend({ kind: 'edit', seq: 3, text: 'new' });
  dispatch(put);
  dispatch({ ...put, pending: { ...put.pending, state: 'failed', errorCode: 'too_late' } });
  expect(view().items).toEqual(before);
});

test('a message that vanished is no item, and what is loaded begins where it was', () => {
  const { server, dispatch, view } = begin();
  for (const seq of [1, 3]) {
    const deleted = server.delete(ME, { conversationId, seq, scope: 'both' });
    if (deleted.ok) dispatch({ type: 'message:changed', message: deleted.message });
  }
  expect(view().items.map(({ seq }) => seq)).toEqual([2, 4]);
  expect(view().fromSeq).toBe(1);
});

test('a row shows its newest message with what is on its way, and the same object while nothing changes', () => {
  const { server, dispatch, state } = begin();
  const sent = server.send(ME, { conversationId, clientId: 'c5', body: 'newest' });
  if (sent.ok) dispatch({ type: 'message:changed', message: sent.message });
  const select = createRowSelector(conversationId);
  expect(select(state()).lastMessage).toBe(state().conversations[conversationId]?.entry?.lastMessage);
  dispatch(pend({ kind: 'edit', seq: 5, text: 'newer' }));
  expect(select(state())).toMatchObject({ lastMessage: { seq: 5, body: 'newer' }, unsent: null });
  expect(select({ ...state() })).toBe(select(state()));
  dispatch(pend({ kind: 'delete', seq: 5 }));
  expect(select(state()).lastMessage).toMatchObject({ body: '', deletedAt: expect.any(String) });
});

test('changes on their way neither move a conversation nor count as messages that wait; a log-out would lose them', () => {
  const { dispatch, state } = begin();
  const { waitingCount, list } = createListSelectors();
  const before = list(state());
  dispatch(pend({ kind: 'edit', seq: 3, text: 'new' }));
  expect(waitingCount(state())).toBe(0);
  expect(list(state())).toBe(before);
  expect(selectUnsentCount(state() as ChatState)).toBe(1);
});

test('a log-out counts an edit whose box was emptied where a message or a draft lies under it', () => {
  const { dispatch, state } = begin();
  const kept = { text: '' };
  const edit = (editOf: Edit) => {
    dispatch({ type: 'draft:set', conversationId, draft: { text: '', editOf } });
    return selectUnsentCount(state() as ChatState);
  };
  const unsent = pend({ kind: 'send', draft: { text: 'waited' } }).pending as SendItem;
  expect(edit({ seq: 3, baseRevision: 1, kept })).toBe(0);
  expect(edit({ seq: 3, baseRevision: 1, kept: { text: 'half a thought' } })).toBe(1);
  expect(edit({ unsent, kept })).toBe(1);
});
