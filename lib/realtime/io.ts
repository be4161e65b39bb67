import type { Server, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents, SocketData } from './events.ts';

export type ChatServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ChatSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** The room that all of a person's connections join. */
export const userRoom = (userId: string) => `user:${userId}` as const;
/** The room that all connections of one login join. */
export const sessionRoom = (sessionId: string) => `session:${sessionId}` as const;
