import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with the mails that come: `accept-close` takes one and breaks the line. */
export type MailMode = 'ok' | '429' | '500' | 'hang' | 'accept-close';

export type SeenMail = { key: string; to: string; raw: string; text: string; isAccepted: boolean };

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** Speaks as much of Resend's protocol as sending needs, fails as told, and remembers every request. */
export async function startMailServer() {
  const seen: SeenMail[] = [];
  let mode: MailMode = 'ok';
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    const { to, text } = JSON.parse(raw) as { to: string; text: string };
    const isAccepted = mode === 'ok' || mode === 'accept-close';
    seen.push({ key: String(request.headers['idempotency-key']), to, raw, text, isAccepted });
    const json = { 'Content-Type': 'application/json' };
    switch (mode) {
      case 'ok':
        return response.writeHead(200, json).end('{"id":"accepted"}');
      case 'accept-close':
        return request.socket.destroy();
      case 'hang':
        return;
      case '429':
        return response
          .writeHead(429, { ...json, 'Retry-After': '1' })
          .end('{"name":"rate_limit_exceeded","message":"slow down","statusCode":429}');
      case '500':
        return response
          .writeHead(500, json)
          .end('{"name":"internal_server_error","message":"broken","statusCode":500}');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    setMode(next: MailMode) {
      mode = next;
      // Whoever hangs is let go, as a server that comes back does.
      if (next === 'ok') server.closeAllConnections();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
