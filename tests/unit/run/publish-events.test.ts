import { beforeEach, expect, test } from 'vitest';
import { tellSessionsEnded } from '#lib/auth/events.ts';
import { chatEvents } from '#lib/chat/events.ts';
import type { ConversationEntry, Message } from '#lib/chat/types.ts';
import { publishEvents } from '#lib/realtime/publish-events.ts';

let told: unknown[];
beforeEach(() => {
  told = [];
  publishEvents({
    publish: (userIds, event, payload) => void told.push([event, userIds, payload]),
    tellPresence: (pair) => void told.push(['presence', pair]),
    endSessions: (sessionIds) => void told.push(['session:ended', sessionIds]),
  });
});

const message = { conversationId: 'c', senderId: 'a', seq: 1, body: 'hello' } as Message;

test('what happened to a message goes to both people', () => {
  chatEvents.emit('message:stored', { message, recipientId: 'b' });
  chatEvents.emit('message:changed', { kind: 'edit', message, memberIds: ['a', 'b'] });
  expect(told).toEqual([
    ['message:new', ['a', 'b'], message],
    ['message:update', ['a', 'b'], message],
  ]);
});

test('a cursor goes to each who may know, the count of what is unread to its owner only', () => {
  const cursor = { conversationId: 'c', userId: 'a', deliveredSeq: 3, readSeq: 3 };
  chatEvents.emit('cursor:moved', { viewerId: 'a', cursor, unread: 0 });
  chatEvents.emit('cursor:moved', { viewerId: 'b', cursor });
  expect(told).toEqual([
    ['conversation:cursor', ['a'], { ...cursor, unread: 0 }],
    ['conversation:cursor', ['b'], cursor],
  ]);
});

test('what a person marks goes to themselves alone', () => {
  const change = { conversationId: 'c', revision: 2, seq: 1, starred: true, hidden: false };
  chatEvents.emit('marks:changed', { viewerId: 'a', change });
  expect(told).toEqual([['conversation:marks', ['a'], change]]);
});

test('an entry goes to the one whose list it is in, presence to the pair', () => {
  const entry = { conversationId: 'c' } as ConversationEntry;
  chatEvents.emit('conversation:changed', { viewerId: 'a', entry });
  chatEvents.emit('partners:changed', { memberIds: ['a', 'b'] });
  expect(told).toEqual([
    ['conversation:new', ['a'], entry],
    ['presence', ['a', 'b']],
  ]);
});

test('ended logins close their connections, and none end where none ended', () => {
  tellSessionsEnded([]);
  tellSessionsEnded(['s']);
  expect(told).toEqual([['session:ended', ['s']]]);
});
