import { randomUUID } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { expect, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import { POST } from '../../app/api/webhooks/resend/route.ts';
import { setUpDatabase } from './database.ts';
import { eventually, listMails, say } from './mail.ts';
import { runMailWorkers } from './mail-workers.ts';
import type { Person } from './people.ts';
import { startResendStandIn } from './resend-stand-in.ts';
import { composeSigned, resolveTestDns, type TestMail } from './signed-mail.ts';
import { signWebhook, WEBHOOK_SECRET } from './svix.ts';

/** A mail that arrives, with what Resend tells of it besides. */
type ArrivingMail = TestMail & { told?: Partial<GetReceivingEmailResponseSuccess> };

/**
 * A database, mail workers, and a Resend that sends and receives for them. Call once at the top of a file.
 */
export async function setUpResendReplies() {
  const resend = await startResendStandIn();
  await setUpDatabase({
    RESEND_API_KEY: 're_test_key',
    RESEND_BASE_URL: resend.url,
    RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
    REPLY_DOMAIN: 'reply.example.com',
    EMAIL_FROM: 'Dandul <hello@chat.example.com>',
    EMAIL_WINDOW_SECONDS: '0',
  });
  vi.spyOn(Resolver.prototype, 'resolve').mockImplementation(resolveTestDns as Resolver['resolve']);
  runMailWorkers(() => resend.close());

  /** Mails a text and returns the address that replies to it go to. */
  async function mailOut(first: Person, second: Person, conversationId: string, ...texts: string[]) {
    const { length } = await listMails(second.userId);
    await say(first, conversationId, ...texts);
    await eventually(async () => expect((await listMails(second.userId))[length]?.state).toBe('sent'));
    return resend.requestsTo(second.email).at(-1)?.body.reply_to as string;
  }

  /** Resend receives a mail and tells us so; returns when we have taken note. */
  async function arrive(from: string, to: string, { told, ...mail }: ArrivingMail = {}): Promise<string> {
    const id = randomUUID();
    const raw = await composeSigned({ from, to, subject: 'Re: a message', ...mail });
    resend.receivedRaw.set(id, raw);
    resend.received.set(id, {
      object: 'email',
      id,
      to: [to],
      from,
      created_at: new Date().toISOString(),
      subject: 'Re: a message',
      bcc: [],
      cc: [],
      reply_to: [],
      received_for: [to],
      html: null,
      text: null,
      headers: {},
      message_id: `<${id}@mail.example.com>`,
      attachments: [],
      ...told,
    });
    const payload = JSON.stringify({
      type: 'email.received',
      created_at: new Date().toISOString(),
      data: { email_id: id, from, to: [to], subject: 'Re: a message', attachments: [] },
    });
    const headers = signWebhook(payload, { id: `msg_${id}` });
    const url = 'http://localhost:3000/api/webhooks/resend';
    expect((await POST(new Request(url, { method: 'POST', body: payload, headers }))).status).toBe(200);
    await eventually(async () => {
      const { rows } = await getPool().query(
        "select state from pgboss.job where name = 'mail.receive' and data->>'emailId' = $1",
        [id],
      );
      expect(rows).toEqual([{ state: 'completed' }]);
    });
    return id;
  }

  /** What a member sees of the conversation. */
  async function listMessages(viewer: Person, conversationId: string) {
    const page = await readHistory({ viewerId: viewer.userId, conversationId });
    return page.ok ? page.value.messages : [];
  }
  /** Answers to replies that were not taken. */
  const listRefusals = (address: string) => resend.requestsTo(address).filter(({ body }) => !body.reply_to);

  return { resend, mailOut, arrive, listMessages, listRefusals };
}
