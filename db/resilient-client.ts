import pg from 'pg';
import { getLog } from '#lib/runtime/log.ts';

/**
 * A connection whose loss ends no process. A pool listens for errors on idle connections only: one that
 * is lost between two queries of a transaction has nobody to tell, which Node takes for a reason to die.
 * The query that comes next fails by itself.
 */
export class ResilientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', (error) => getLog().debug({ err: error }, 'database connection lost'));
  }
}
