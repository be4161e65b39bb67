import { once } from 'node:events';
import { createServer } from 'node:https';
import { createProxyServer } from 'httpxy';
import { generate } from 'selfsigned';

/**
 * A reverse proxy with TLS as Caddy is in docker-compose.yml: plain requests go to the nodes in turn,
 * as do WebSockets, and X-Forwarded-* say where a request came from.
 */
export async function startTlsProxy(port: number, targets: string[]): Promise<{ stop(): Promise<void> }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const proxy = createProxyServer({ xfwd: true });
  let turn = 0;
  const pick = () => targets[turn++ % targets.length] as string;

  const server = createServer({ key, cert }, (req, res) => {
    proxy.web(req, res, { target: pick() }).catch(() => res.writeHead(502).end());
  });
  server.on('upgrade', (req, socket, head) => {
    proxy.ws(req, socket as never, { target: pick() }, head).catch(() => socket.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
