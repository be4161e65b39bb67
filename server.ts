import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import next from 'next';
import { getPool } from '#db/client.ts';
import { keepSecret } from '#db/kept-secret.ts';
import { isStartError, StartError } from '#db/start-error.ts';
import { setAuthSecret } from '#lib/auth/secret.ts';
import { startReplyListener } from '#lib/email/reply/listener.ts';
import { startMailWorkers, stopMailWorkers } from '#lib/email/workers.ts';
import { getAppUrl, getEnv } from '#lib/env.ts';
import { announce } from '#lib/lifecycle/announce.ts';
import { listen } from '#lib/lifecycle/listen.ts';
import { openDatabase } from '#lib/lifecycle/open-database.ts';
import { prepareDataDir } from '#lib/lifecycle/prepare-data-dir.ts';
import { stopOnSignals } from '#lib/lifecycle/stop-gracefully.ts';
import { getLog } from '#lib/log.ts';
import { setMemo } from '#lib/memo.ts';
import { attachRealtime } from '#lib/realtime/server.ts';

let closeDatabase = async () => {};

async function main(): Promise<void> {
  let env = getEnv();
  const usesMailbox = !env.RESEND_API_KEY && !env.SMTP_URL;
  if (!env.DATABASE_URL || usesMailbox) prepareDataDir(env.DATA_DIR);
  if (!env.AUTH_SECRET) setAuthSecret(keepSecret(path.join(env.DATA_DIR, 'auth-secret')));

  // Requests that come while the rest starts wait for it.
  const ready = Promise.withResolvers<(req: IncomingMessage, res: ServerResponse) => unknown>();
  const httpServer = createServer(async (req, res) => {
    // Whatever a client claims, this header is the peer's address and nothing else.
    req.headers['x-dandul-remote'] = req.socket.remoteAddress ?? '';
    (await ready.promise)(req, res);
  });
  // Longer than a reverse proxy keeps an idle connection, so the proxy is the one to close it.
  httpServer.keepAliveTimeout = 75_000;
  httpServer.headersTimeout = 80_000;
  httpServer.requestTimeout = 120_000;

  const port = await listen(httpServer, env.HOST, env.PORT);
  env = { ...env, PORT: port };
  setMemo('env', env);

  closeDatabase = await openDatabase(env);
  // Before Next, which answers an early upgrade with a redirect.
  const realtime = await attachRealtime(httpServer);
  const app = next({
    dev: env.NODE_ENV !== 'production',
    dir: import.meta.dirname,
    httpServer,
    hostname: new URL(getAppUrl(env)).hostname,
    port,
  });
  await Promise.all([app.prepare().catch(explainNext), startMailWorkers()]);
  const replies = await startReplyListener();
  ready.resolve(app.getRequestHandler());

  stopOnSignals(() => [
    {
      name: 'connections',
      milliseconds: 2_000,
      run: async () => {
        const closed = new Promise((resolve) => httpServer.close(resolve));
        await realtime.close();
        httpServer.closeIdleConnections();
        await closed;
      },
    },
    { name: 'replies', milliseconds: 500, run: async () => replies?.close() },
    { name: 'mail', milliseconds: 3_000, run: stopMailWorkers },
    { name: 'next', milliseconds: 500, run: () => app.close() },
    { name: 'pool', milliseconds: 500, run: () => getPool().end() },
    { name: 'database', milliseconds: 2_500, run: () => closeDatabase() },
  ]);
  announce(env, usesMailbox);
}

function explainNext(error: Error): never {
  if (!error.message.includes('production build')) throw error;
  throw new StartError('The pages are not built yet: start with npm start, or run npm run build first.');
}

function fail(error: unknown): never {
  const { code, message } = error as { code?: string; message: string };
  if (isStartError(error) || code === 'ENV_INVALID') {
    console.error(`Dandul cannot start. ${message.replaceAll('\n', '; ')}`);
  } else {
    getLog().fatal({ err: error }, 'Dandul cannot start');
  }
  process.exit(1);
}

process.on('unhandledRejection', (error) => getLog().error({ err: error }, 'unhandled rejection'));
process.on('uncaughtException', (error) => {
  getLog().fatal({ err: error }, 'uncaught exception');
  process.exit(1);
});

main().catch(async (error) => {
  await closeDatabase().catch(() => {});
  fail(error);
});
