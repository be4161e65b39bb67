import { getPool, poolSingleton, setDatabaseUrl } from '#db/client.ts';

/** Runs what calls the product's code in this process, with the product's own pool on a database. */
export async function withOwnPool<T>(url: string, run: () => Promise<T>): Promise<T> {
  setDatabaseUrl(url);
  try {
    return await run();
  } finally {
    await getPool().end();
    poolSingleton.clear();
  }
}
