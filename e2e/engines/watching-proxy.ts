import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createProxyServer } from 'httpxy';

/**
 * Stands between a browser and the server and puts a script into each page, before all others, that keeps what
 * goes wrong there in the tab's session storage. No driver hears of errors in every engine, and a script that a
 * driver runs comes after the page's own.
 */
export async function startWatchingProxy(port: number, target: string): Promise<{ stop(): Promise<void> }> {
  const proxy = createProxyServer({ target, xfwd: true, selfHandleResponse: true });
  proxy.on('proxyRes', (answer, _request, response) => {
    passOn(answer, response as ServerResponse).catch(() => response.destroy());
  });
  const server = createServer((request, response) => {
    // The pages are to be read here.
    request.headers['accept-encoding'] = 'identity';
    proxy.web(request, response).catch(() => response.writeHead(502).end());
  });
  server.on('upgrade', (request, socket, head) => {
    proxy.ws(request, socket as never, {}, head).catch(() => socket.destroy());
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

async function passOn(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
  const isPage = nonce !== undefined && answer.headers['content-type']?.startsWith('text/html');
  if (isPage) delete answer.headers['content-length'];
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  if (!isPage) return void answer.pipe(response);
  // Whole: a tag may lie across two pieces.
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const page = Buffer.concat(chunks).toString();
  response.end(page.replace('<head>', `<head><script nonce="${nonce}">(${watchErrors})()</script>`));
}

/** Runs in the page. */
function watchErrors(): void {
  document.currentScript?.remove();
  const note = (error: unknown) => {
    const errors = JSON.parse(sessionStorage.getItem('errors') ?? '[]');
    sessionStorage.setItem('errors', JSON.stringify([...errors, String(error)]));
  };
  addEventListener('error', ({ message }) => {
    // The browser's word that the rest of it comes with the next frame.
    if (!message.startsWith('ResizeObserver loop')) note(message);
  });
  addEventListener('unhandledrejection', ({ reason }) => note(reason));
  document.addEventListener('securitypolicyviolation', (event) =>
    note(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
  const { error } = console;
  console.error = (...given) => {
    note(given.join(' '));
    error(...given);
  };
}
