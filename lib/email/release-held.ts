import { getDb } from '#db/client.ts';
import { listOwed } from '#db/queries/mail-owed.ts';
import { getLog } from '#lib/log.ts';
import { enqueueCollect } from './notify.ts';
import { isHolding } from './policy.ts';

/** Conversations woken at once; the sweep finds any further. */
const LIMIT = 1000;

/** Wakes what waited for a person's address to be confirmed. Never throws: the sweep finds it as well. */
export async function releaseHeldMail(userId: string): Promise<void> {
  try {
    const owed = await listOwed(getDb(), { all: true, isHolding: isHolding(), userId, limit: LIMIT });
    await enqueueCollect(owed);
  } catch (error) {
    getLog().warn({ err: error }, 'held mail left to the sweep');
  }
}
