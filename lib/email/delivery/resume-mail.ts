import { getDb } from '#db/client.ts';
import { skipUnmailed } from '#db/queries/mail-owed.ts';
import { resumeAddress } from '#db/queries/mail-preferences.ts';

/** Ends the stop after a complaint, from now on; one after a bounce ends by confirming the address. */
export async function resumeMail(userId: string): Promise<void> {
  await getDb().transaction(async (tx) => {
    await skipUnmailed(tx, userId, { upTo: 'newest' });
    await resumeAddress(tx, userId);
  });
}
