import { sql } from 'drizzle-orm';

/** For so many days what is over, such as ended logins and settled mails, is kept before housekeeping forgets it. */
export const KEPT_DAYS = 30;

/** The moment before which what is over is forgotten. */
export const longAgo = sql.raw(`now() - interval '${KEPT_DAYS} days'`);
