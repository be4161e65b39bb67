import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type MailSink = Awaited<ReturnType<typeof startMailSink>>;

/** Answers the Resend SDK with success and counts, so that mail costs what it costs us and no more. */
export async function startMailSink() {
  const keys = new Set<string>();
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    keys.add(String(request.headers['idempotency-key']));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"accepted"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Mails that came, a repeat of one not counted. */
    count: () => keys.size,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
