import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import next from 'next';
import { getPool } from '#db/client.ts';
import { isStartError, StartError } from '#db/start-error.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { startReplyListener } from '#lib/email/reply/listener.ts';
import { closeTransport } from '#lib/email/transports/index.ts';
import { startJobs, stopJobs } from '#lib/jobs/start-jobs.ts';
import { announce } from '#lib/lifecycle/announce.ts';
import { connectParts } from '#lib/lifecycle/connect-parts.ts';
import { guardDoors, isReadablePath } from '#lib/lifecycle/guard-doors.ts';
import { jobs, retiredJobs } from '#lib/lifecycle/job-registry.ts';
import { keepAuthSecret } from '#lib/lifecycle/keep-auth-secret.ts';
import { listen } from '#lib/lifecycle/listen.ts';
import { openDatabase } from '#lib/lifecycle/open-database.ts';
import { prepareDataDir } from '#lib/lifecycle/prepare-data-dir.ts';
import { stopOnSignals } from '#lib/lifecycle/stop-gracefully.ts';
import { keepKnownActions } from '#lib/operations/known-actions.ts';
import { markRequest } from '#lib/operations/mark-request.ts';
import { attachRealtime } from '#lib/realtime/server.ts';
import { envSingleton, getAppUrl, getEnv, getEnvWarnings, getTransportName } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';

type RequestHandler = (req: IncomingMessage, res: ServerResponse) => unknown;

/** From the announcement to the loading of the mail templates. */
const WARM_AFTER_MS = 3_000;

let closeDatabase = async () => {};

async function main(): Promise<void> {
  for (const warning of getEnvWarnings()) console.warn(`Warning: ${warning}`);
  let env = getEnv();
  const usesMailbox = getTransportName(env) === 'mailbox';
  if (!env.DATABASE_URL || usesMailbox) prepareDataDir(env.DATA_DIR);
  if (!env.AUTH_SECRET) keepAuthSecret(env.DATA_DIR);

  // Requests that come while the rest starts wait for it.
  const ready = Promise.withResolvers<RequestHandler>();
  const httpServer = createHttpServer(ready.promise);
  const port = await listen(httpServer, env.HOST, env.PORT);
  env = { ...env, PORT: port };
  envSingleton.set(env);

  closeDatabase = await openDatabase(env);
  connectParts();
  // Before Next, which answers an early upgrade with a redirect.
  const realtime = await attachRealtime(httpServer);
  guardDoors(httpServer, { isDev: env.NODE_ENV === 'development' });
  const app = next({
    dev: env.NODE_ENV !== 'production',
    dir: import.meta.dirname,
    httpServer,
    hostname: new URL(getAppUrl(env)).hostname,
    port,
  });
  await Promise.all([app.prepare().catch(explainNext), startJobs(jobs, retiredJobs)]);
  if (env.NODE_ENV === 'production') keepKnownActions(path.resolve(import.meta.dirname, env.NEXT_DIST_DIR));
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
    { name: 'jobs', milliseconds: 3_000, run: () => stopJobs().finally(closeTransport) },
    { name: 'next', milliseconds: 500, run: () => app.close() },
    { name: 'pool', milliseconds: 500, run: () => getPool().end() },
    { name: 'database', milliseconds: 2_500, run: () => closeDatabase() },
  ]);
  announce(env, usesMailbox);
  // That holds the thread for half a second, so it is not left to the first mail, behind which others wait.
  setTimeout(
    () => warmTemplates().catch((error) => getLog().warn({ err: error }, 'mail templates')),
    WARM_AFTER_MS,
  ).unref();
}

function createHttpServer(handler: Promise<RequestHandler>): Server {
  const httpServer = createServer(async (req, res) => {
    markRequest(req);
    // The page that says so is Next's for any address where there is nothing.
    if (!isReadablePath(req.url)) req.url = '/not-found';
    (await handler)(req, res);
  });
  // Longer than a reverse proxy keeps an idle connection, so the proxy is the one to close it.
  httpServer.keepAliveTimeout = 75_000;
  httpServer.headersTimeout = 80_000;
  httpServer.requestTimeout = 120_000;
  return httpServer;
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
