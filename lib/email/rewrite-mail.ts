import { getDb } from '#db/client.ts';
import { listUnmailed, lockMailState } from '#db/queries/mail-outbox.ts';
import { listRanges, type Mail, settleMail } from '#db/queries/mails.ts';
import { fitTexts, MAX_TEXTS } from './fit-texts.ts';
import { writeMessagesMail } from './write-messages-mail.ts';

/**
 * Replaces a mail about messages whose address is no longer in use, or that shows a text which was deleted
 * after it was written: the old one is cancelled and what stands of its range, for a new address only
 * what is unread, is frozen anew, under a key of its own.
 */
export async function rewriteMail(mail: Pick<Mail, 'id' | 'recipientId' | 'address'>): Promise<void> {
  await getDb().transaction(async (tx) => {
    const [range] = await listRanges(tx, mail.id);
    if (!(await settleMail(tx, mail.id, 'cancelled')) || !range) return;
    const { conversationId, fromSeq, toSeq } = range;
    const state = await lockMailState(tx, conversationId, mail.recipientId, 0);
    if (!state) return;
    const isMoved = mail.address !== state.recipient.email;
    const standing = await listUnmailed(tx, conversationId, state.peer.id, {
      aboveSeq: Math.max(fromSeq - 1, isMoved ? state.readSeq : 0),
      lastSeq: toSeq,
      limit: toSeq - fromSeq + 1,
    });
    if (standing.length === 0) return;
    const texts = fitTexts(standing.slice(0, MAX_TEXTS));
    await writeMessagesMail(tx, {
      conversationId,
      recipient: state.recipient,
      peer: state.peer,
      texts,
      toSeq,
      moreCount: standing.length - texts.length,
      isRecipientLow: state.isRecipientLow,
    });
  });
}
