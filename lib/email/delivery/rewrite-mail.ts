import { getDb } from '#db/client.ts';
import { listOwedBehind, listUnmailed, lockMailStates } from '#db/queries/mail-outbox.ts';
import { listRanges, type Mail, settleMail } from '#db/queries/mails.ts';
import { splitTexts } from '../messages/fit-texts.ts';
import { toPlainTexts } from '../messages/to-plain-texts.ts';
import { writeMessagesMails } from '../messages/write-messages-mail.ts';
import { wakeBehind } from './end-mail.ts';

/**
 * Replaces a mail about messages whose address is no longer in use, or that shows a text which was edited or deleted
 * after it was written: the old one is cancelled and what stands of its range, for a new address only
 * what is unread, is frozen anew, under a key of its own.
 */
export async function rewriteMail(mail: Pick<Mail, 'id' | 'recipientId' | 'address'>): Promise<void> {
  await getDb().transaction(async (tx) => {
    const [range] = await listRanges(tx, mail.id);
    if (!(await settleMail(tx, mail.id, 'cancelled')) || !range) return;
    const { conversationId, fromSeq, toSeq } = range;
    const [state] = await lockMailStates(tx, [{ conversationId, recipientId: mail.recipientId }], 0);
    if (!state) return;
    const { recipient, partner, isRecipientLow } = state;
    const isMoved = mail.address !== recipient.email;
    const standing = await listUnmailed(tx, {
      conversationId,
      senderId: partner.id,
      recipientId: recipient.id,
      aboveSeq: Math.max(fromSeq - 1, isMoved ? state.readSeq : 0),
      lastSeq: toSeq,
      limit: toSeq - fromSeq + 1,
    });
    const isOwed = (await listOwedBehind(tx, mail.id)).length > 0;
    // Several only for what an earlier release wrote, whose mails covered more than they showed.
    const parts = splitTexts(toPlainTexts(recipient.locale, standing));
    if (parts.length === 0) await wakeBehind(tx, mail);
    const drafts = parts.map((texts) => {
      const isContinued = isOwed || texts !== parts.at(-1);
      return { conversationId, recipient, partner, texts, isContinued, isRecipientLow };
    });
    await writeMessagesMails(tx, drafts);
  });
}
