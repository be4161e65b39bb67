import { findFreePort } from '../../tests/support/processes.ts';
import { startServer } from '../../tests/support/server.ts';
import { startWatchingProxy } from './watching-proxy.ts';

/** Playwright's global set-up: a server on its embedded database behind the watching proxy. */
export default async function setup(): Promise<() => Promise<void>> {
  const started: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const stop of started.reverse()) await stop();
  };
  try {
    const port = await findFreePort();
    const url = `http://localhost:${port}`;
    const server = await startServer({
      DATABASE_URL: undefined,
      REDIS_URL: undefined,
      APP_URL: url,
      TRUST_PROXY: '1',
      LOG_LEVEL: 'warn',
    });
    started.push(() => server.stop());
    const proxy = await startWatchingProxy(port, server.url);
    started.push(() => proxy.stop());
    process.env.DANDUL_E2E_URL = url;
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}
