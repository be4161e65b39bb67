import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import type { Person } from './people.ts';

/** Sends texts in order, as the person would. */
export async function say(from: Person, conversationId: string, ...texts: string[]): Promise<void> {
  for (const body of texts) {
    const ack = await sendMessage(from, { conversationId, clientId: randomUUID(), body });
    if (!ack.ok) throw new Error(ack.error.code);
  }
}

/** The rows of a person's mails with what each covers, oldest first. */
export async function listMails(recipientId: string) {
  const { rows } = await getPool().query(
    `select m.*, r.from_seq as "fromSeq", r.to_seq as "toSeq", r.shown_seq as "shownSeq"
     from mails m left join mail_ranges r on r.mail_id = m.id where m.recipient_id = $1 order by m.id`,
    [recipientId],
  );
  return rows;
}

/** A person's mail cursor in a conversation. */
export async function readMailedSeq(conversationId: string, userId: string): Promise<number> {
  const { rows } = await getPool().query(
    'select mailed_seq from members where conversation_id = $1 and user_id = $2',
    [conversationId, userId],
  );
  return rows[0].mailed_seq;
}

/** Waits for a condition that the workers bring about. */
export function eventually<T>(check: () => T | Promise<T>, timeout = 60_000): Promise<T> {
  return vi.waitFor(check, { timeout, interval: 50 });
}
