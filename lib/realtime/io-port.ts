import { type ChatServer, sessionRoom, userRoom } from './io.ts';
import type { RealtimePort } from './port.ts';

/** The port that events are published through, over a Socket.IO server. */
export function createPort(
  io: ChatServer,
  { tellPresence }: Pick<RealtimePort, 'tellPresence'>,
): RealtimePort {
  return {
    tellPresence,
    publish(userIds, event, payload) {
      // To no room means to everybody, in Socket.IO.
      if (userIds.length === 0) return;
      const target: { emit(event: string, payload: unknown): boolean } = io.to(userIds.map(userRoom));
      target.emit(event, payload);
    },
    endSessions(sessionIds) {
      if (sessionIds.length === 0) return;
      const rooms = sessionIds.map(sessionRoom);
      io.to(rooms).emit('session:ended', {});
      // Here at once, as the adapter waits for Redis before it comes to its own.
      io.local.in(rooms).disconnectSockets(true);
      io.in(rooms).disconnectSockets(true);
    },
  };
}
