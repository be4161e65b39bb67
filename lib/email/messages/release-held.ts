import { getDb, type Tx } from '#db/client.ts';
import { listOwed, skipReadByPartners, skipUnmailed } from '#db/queries/mail-owed.ts';
import { findJudgedMail, listPendingMails } from '#db/queries/mails.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import { getLog } from '#lib/runtime/log.ts';
import { cancelMail } from '../delivery/cancel-mail.ts';
import { enqueueCollect } from './notify.ts';
import { decideFate } from './policy.ts';

/** Conversations woken at once; the sweep finds any further. */
const LIMIT = 1000;

/**
 * Passes over what was held for a person's address, or because it comes from an unconfirmed one, and has been
 * read meanwhile. Part of the transaction that confirms the address.
 */
export async function skipHeldAndRead(tx: Tx, userId: string): Promise<void> {
  await skipUnmailed(tx, userId, { upTo: 'read' });
  await skipReadByPartners(tx, userId);
}

/**
 * Wakes what waited for a person's address to be confirmed, to them and from them, also behind a mail to an
 * address that they no longer use. Never throws: the sweep
 * finds it as well.
 */
export async function releaseHeldMail(userId: string): Promise<void> {
  try {
    await rejudgeMails(userId);
    const owed = await listOwed(getDb(), { all: true, isHolding: isHolding(), userId, limit: LIMIT });
    await enqueueCollect(owed);
  } catch (error) {
    getLog().warn({ err: error }, 'held mail left to the sweep');
  }
}

/** Ends a person's waiting mails that will not go as they were written, which else shows at their next try. */
async function rejudgeMails(userId: string): Promise<void> {
  for (const mailId of await listPendingMails(getDb(), userId)) {
    const found = await findJudgedMail(getDb(), mailId, 'pending');
    const fate = found && decideFate(found);
    if (fate) await cancelMail(found.mail, fate);
  }
}
