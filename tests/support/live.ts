import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#lib/realtime/events.ts';
import { attachRealtime } from '#lib/realtime/server.ts';

export type TestClient = Socket<ServerEvents, ClientEvents>;

/** The real live side on an HTTP server of its own, in this process; `options` as another release would have them. */
export async function startLive(
  options?: Parameters<typeof attachRealtime>[1],
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  const live = await attachRealtime(server, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => live.close() };
}

/** Opens a connection without waiting for it. */
export function openClient(
  url: string,
  options: { cookie?: string; origin?: string; auth?: object; transports?: string[] } = {},
): TestClient {
  return io(url, {
    forceNew: true,
    reconnection: false,
    transports: options.transports ?? ['websocket'],
    auth: options.auth,
    extraHeaders: {
      ...(options.cookie && { cookie: options.cookie }),
      ...(options.origin && { origin: options.origin }),
    },
  });
}

/** A connection that is ready to receive: its conversations are joined once the heads have come. */
export async function connectClient(url: string, cookie: string, origin?: string): Promise<TestClient> {
  const client = openClient(url, { cookie, origin });
  await new Promise<void>((resolve, reject) => {
    client.once('heads', () => resolve());
    client.once('connect_error', reject);
  });
  return client;
}

/** The next event of a name that satisfies `where`. */
export function nextEvent<E extends keyof ServerEvents>(
  client: TestClient,
  event: E,
  where: (payload: Parameters<ServerEvents[E]>[0]) => boolean = () => true,
): Promise<Parameters<ServerEvents[E]>[0]> {
  return new Promise((resolve) => {
    const listen = (payload: Parameters<ServerEvents[E]>[0]) => {
      if (!where(payload)) return;
      client.off(event, listen as never);
      resolve(payload);
    };
    client.on(event, listen as never);
  });
}
