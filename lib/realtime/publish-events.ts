import type { Consumer } from '#lib/runtime/domain-events.ts';
import { authEvents } from '../auth/events.ts';
import { type ChatEvents, chatEvents } from '../chat/events.ts';
import type { RealtimePort } from './port.ts';

/** Lets what happens in the domain reach the connections of those it concerns. */
export function publishEvents(port: RealtimePort): void {
  chatEvents.register('realtime', createPublisher(port));
  authEvents.register('realtime', {
    'sessions:ended': ({ sessionIds }) => port.endSessions(sessionIds),
  });
}

function createPublisher(port: RealtimePort): Consumer<ChatEvents> {
  return {
    'message:stored': ({ message, recipientId }) =>
      port.publish([message.senderId, recipientId], 'message:new', message),
    'message:changed': ({ message, memberIds }) => port.publish(memberIds, 'message:update', message),
    'cursor:moved': ({ viewerId, cursor, unread }) =>
      port.publish([viewerId], 'conversation:cursor', unread === undefined ? cursor : { ...cursor, unread }),
    'marks:changed': ({ viewerId, change }) => port.publish([viewerId], 'conversation:marks', change),
    'conversation:changed': ({ viewerId, entry }) => port.publish([viewerId], 'conversation:new', entry),
    'partners:changed': ({ memberIds }) => port.tellPresence(memberIds),
  };
}
