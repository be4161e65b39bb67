import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { z } from 'zod';
import { getDb, type Tx } from '#db/client.ts';
import { findMail, noteBounce, noteComplaint, noteDelivered, noteFailed } from '#db/queries/mail-outcomes.ts';
import { stopAddress } from '#db/queries/mail-preferences.ts';
import { insertWebhookCall } from '#db/queries/webhook-calls.ts';
import { getEnv } from '#lib/env.ts';
import { getLog } from '#lib/log.ts';
import { peekBoss, RECEIVE_QUEUE } from '../boss.ts';
import { MAIL_TAG } from '../transports/resend.ts';

/** As much of Resend's events as is read here; whatever else they carry is not looked at. */
const eventSchema = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z.string(),
    tags: z.record(z.string(), z.string()).optional(),
    bounce: z.object({ type: z.string(), message: z.string().optional() }).optional(),
    failed: z.object({ reason: z.string() }).optional(),
  }),
});
type Event = z.infer<typeof eventSchema>;

/**
 * Acts on an event whose signature was checked: what became of a mail that we sent, or a mail that
 * came in. The same call a second time changes nothing.
 *
 * @param callId names the call; Resend repeats it when it sends the same again.
 * @throws when the database cannot be reached; Resend tries again then.
 */
export async function handleResendEvent(callId: string, event: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return;
  await getDb().transaction(async (tx) => {
    if (!(await insertWebhookCall(tx, callId))) return;
    if (parsed.data.type === 'email.received') await enqueueReply(tx, parsed.data.data.email_id);
    else await noteOutcome(tx, parsed.data);
  });
}

async function enqueueReply(tx: Tx, emailId: string): Promise<void> {
  if (!getEnv().REPLY_DOMAIN) return;
  await peekBoss()?.send(RECEIVE_QUEUE, { emailId }, { singletonKey: emailId, db: fromDrizzle(tx, sql) });
}

async function noteOutcome(tx: Tx, { type, created_at: at, data }: Event): Promise<void> {
  const mailId = z.uuid().safeParse(data.tags?.[MAIL_TAG]);
  const mail = mailId.success ? await findMail(tx, mailId.data) : undefined;
  if (!mail) return;
  const stop = (reason: 'bounced' | 'complained') =>
    stopAddress(tx, { userId: mail.recipientId, address: mail.address, reason });
  switch (type) {
    case 'email.delivered':
      return noteDelivered(tx, mail.id, at);
    case 'email.bounced':
      await noteBounce(tx, mail.id, at);
      // A full mailbox or a server away comes back too, and may work tomorrow.
      if (data.bounce?.type.toLowerCase() === 'permanent') await stop('bounced');
      break;
    case 'email.suppressed':
      // Resend itself no longer sends there, after an earlier bounce or complaint.
      await noteBounce(tx, mail.id, at);
      await stop('bounced');
      break;
    case 'email.complained':
      await noteComplaint(tx, mail.id, at);
      await stop('complained');
      break;
    case 'email.failed':
      await noteFailed(tx, mail.id, `Resend: ${data.failed?.reason ?? 'failed'}`.slice(0, 500));
      break;
    default:
      return;
  }
  getLog().warn({ mailId: mail.id, type }, 'a mail did not reach its reader');
}
