import { validate as isUuid } from 'uuid';
import * as v from 'valibot';
import { getDb, type Tx } from '#db/client.ts';
import { findMail, noteBounce, noteComplaint, noteDelivered, noteFailed } from '#db/queries/mail-outcomes.ts';
import { stopAddress } from '#db/queries/mail-preferences.ts';
import { insertWebhookCall } from '#db/queries/webhook-calls.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { receiveQueue } from '../queues.ts';
import { MAIL_TAG } from '../transports/resend.ts';

/** As much of Resend's events as is read here; whatever else they carry is not looked at. */
const eventSchema = v.object({
  type: v.string(),
  created_at: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((at) => new Date(at)),
    v.date(),
  ),
  data: v.object({
    email_id: v.string(),
    tags: v.optional(v.record(v.string(), v.string())),
    bounce: v.optional(v.object({ type: v.string(), message: v.optional(v.string()) })),
    failed: v.optional(v.object({ reason: v.string() })),
  }),
});
type Event = v.InferOutput<typeof eventSchema>;

/**
 * Acts on an event whose signature was checked: what became of a mail that we sent, or a mail that
 * came in. The same call a second time changes nothing.
 *
 * @param callId names the call; Resend repeats it when it sends the same again.
 * @throws when the database cannot be reached; Resend tries again then.
 */
export async function handleResendEvent(callId: string, event: unknown): Promise<void> {
  const parsed = v.safeParse(eventSchema, event);
  if (!parsed.success) return;
  await getDb().transaction(async (tx) => {
    if (!(await insertWebhookCall(tx, callId))) return;
    if (parsed.output.type === 'email.received') await enqueueReply(tx, parsed.output.data.email_id);
    else await noteOutcome(tx, parsed.output);
  });
}

async function enqueueReply(tx: Tx, emailId: string): Promise<void> {
  if (!getEnv().REPLY_DOMAIN) return;
  await enqueue(receiveQueue, { emailId }, { tx });
}

async function noteOutcome(tx: Tx, { type, created_at: at, data }: Event): Promise<void> {
  const mailId = data.tags?.[MAIL_TAG];
  const mail = mailId && isUuid(mailId) ? await findMail(tx, mailId) : undefined;
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
