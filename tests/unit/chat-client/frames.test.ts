import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '#lib/chat/types.ts';
import { createWindow } from '#lib/chat-client/state/window.ts';
import { createChatStore } from '#lib/chat-client/store.ts';

const viewer = { userId: 'me', username: 'me' };
const message = (seq: number): Message => ({
  conversationId: 'conversation',
  seq,
  revision: seq,
  clientId: `client ${seq}`,
  senderId: 'you',
  body: `text ${seq}`,
  createdAt: new Date(seq).toISOString(),
});

/** A store with a conversation open, and what its drawing listener has been told so far. */
function open() {
  const store = createChatStore(viewer, []);
  const page = { messages: [message(1)], more: { before: false, after: false }, revision: 1 };
  store.dispatch({ type: 'window:replaced', conversationId: 'conversation', page });
  expect(store.getState().conversations.conversation?.window).toEqual(createWindow(1, page));
  const told: number[] = [];
  store.subscribeDrawing(() =>
    told.push(store.getState().conversations.conversation?.window?.messages.length ?? 0),
  );
  return { store, told };
}

let frames: (() => void)[] = [];
const drawFrame = () => {
  for (const run of frames.splice(0)) run();
};

beforeEach(() => {
  frames = [];
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what streams in is in the state at once and drawn once for each frame', () => {
  const { store, told } = open();
  for (const seq of [2, 3, 4]) store.dispatch({ type: 'message:changed', message: message(seq) });
  expect(store.getState().conversations.conversation?.window?.messages).toHaveLength(4);
  expect(told).toEqual([]);
  drawFrame();
  expect(told).toEqual([4]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([4]);
  store.dispatch({ type: 'message:changed', message: message(5) });
  drawFrame();
  expect(told).toEqual([4, 5]);
});

test('what the person does is drawn at once, with what had waited', () => {
  const { store, told } = open();
  store.dispatch({ type: 'message:changed', message: message(2) });
  store.dispatch({ type: 'draft:set', conversationId: 'conversation', draft: { text: 'a' } });
  expect(told).toEqual([2]);
  drawFrame();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([2]);
});

test('a page that draws no frame is told all the same', () => {
  const { store, told } = open();
  store.dispatch({ type: 'message:changed', message: message(2) });
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([2]);
  vi.stubGlobal('document', { hidden: true });
  store.dispatch({ type: 'message:changed', message: message(3) });
  expect(told).toEqual([2, 3]);
});

test('an event that changes nothing draws nothing', () => {
  const { store, told } = open();
  store.dispatch({ type: 'draft:set', conversationId: 'conversation', draft: { text: '' } });
  store.dispatch({ type: 'message:changed', message: message(1) });
  drawFrame();
  expect(told).toEqual([]);
});
