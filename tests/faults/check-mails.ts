import type { Forgotten, Sent } from './round.ts';
import { waitFor } from './wait-for.ts';
import type { World } from './world.ts';

export type MailOutcome = {
  owed: number;
  lost: number;
  changed: number;
  misdelivered: number;
  findings: string[];
};

type MailRow = {
  idempotency_key: string;
  state: string;
  address: string;
  recipient_id: string;
  conversation_id: string;
  from_seq: number;
  to_seq: number;
};

/** A worker that was killed gives its mail back after a minute, and the queue looks once a minute. */
const LIMIT_MS = 240_000;

/**
 * Waits for the mails to settle, then counts: texts that no accepted mail covers, idempotency keys
 * used with more than one body, and texts that went to an address that is not their recipient's or after they were
 * deleted and forgotten.
 */
export async function checkMails(world: World, sent: Sent[], forgotten: Forgotten[]): Promise<MailOutcome> {
  const findings: string[] = [];
  const owed = sent.filter(({ isUnmailed }) => !isUnmailed);
  const findUncovered = async () => {
    const places = await findPlaces(world, owed);
    const mails = Map.groupBy(await listMails(world), (mail) =>
      keyOf(mail.conversation_id, mail.recipient_id),
    );
    const accepted = new Set(world.mail.seen.filter((mail) => mail.isAccepted).map(({ key }) => key));
    return owed.filter(({ text, recipientId, conversationId }) => {
      const seq = places.get(text) ?? 0;
      return !mails
        .get(keyOf(conversationId, recipientId))
        ?.some((mail) => mail.from_seq <= seq && seq <= mail.to_seq && accepted.has(mail.idempotency_key));
    });
  };
  let uncovered: Sent[] = [];
  await waitFor(
    async () => {
      uncovered = await findUncovered();
      return uncovered.length === 0;
    },
    'the mails',
    LIMIT_MS,
    1_000,
  ).catch(() => findings.push(`${uncovered.length} texts were never mailed, first ${uncovered[0]?.text}`));

  const bodies = new Map<string, string>();
  let changed = 0;
  for (const { key, raw } of world.mail.seen) {
    if (bodies.has(key) && bodies.get(key) !== raw) changed++;
    bodies.set(key, raw);
  }
  const recipients = new Map(sent.map(({ text, recipientId }) => [text, recipientId]));
  let misdelivered = 0;
  for (const { to, text } of world.mail.seen) {
    for (const line of text.split('\n')) {
      const recipientId = recipients.get(line.trim());
      if (recipientId && !world.addresses.get(recipientId)?.has(to)) misdelivered++;
    }
  }
  for (const { mark, mailsBefore } of forgotten) {
    if (world.mail.seen.slice(mailsBefore).some(({ raw }) => raw.includes(mark)))
      findings.push(`a mail went with a text that had been deleted: ${mark}`);
  }
  return { owed: owed.length, lost: uncovered.length, changed, misdelivered, findings };
}

const keyOf = (conversationId: string, recipientId: string) => `${conversationId} ${recipientId}`;

async function findPlaces(world: World, sent: Sent[]): Promise<Map<string, number>> {
  const { rows } = await world.pool.query<{ body: string; seq: number }>(
    'select body, seq from messages where body = any($1)',
    [sent.map(({ text }) => text)],
  );
  return new Map(rows.map(({ body, seq }) => [body, seq]));
}

async function listMails(world: World): Promise<MailRow[]> {
  const { rows } = await world.pool.query<MailRow>(
    "select m.*, r.conversation_id, r.from_seq, r.to_seq from mails m join mail_ranges r on r.mail_id = m.id where m.kind = 'messages'",
  );
  return rows;
}
