import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { conversations } from './conversations.ts';
import { users } from './people.ts';

/** E-mails, frozen before their first attempt so that a retry sends the same one. */
export const mails = pgTable(
  'mails',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', {
      enum: [
        'messages',
        'summary',
        'verify',
        'reset',
        'change',
        'changing',
        'changed',
        'occupied',
        'login',
        'device',
        'refusal',
      ],
    }).notNull(),
    /** Whose doings the mail is about; a `refusal` or `changed` may go to another address than theirs. */
    recipientId: uuid('recipient_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    /** Who it says it is from, subject, html, text and headers, exactly as handed to the transport. */
    payload: jsonb('payload')
      .$type<{
        /** Stands beside the address of EMAIL_FROM in place of the name there. */
        fromName?: string;
        subject: string;
        html: string;
        text: string;
        headers: Record<string, string>;
      }>()
      .notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    state: text('state', { enum: ['pending', 'sent', 'cancelled', 'failed'] })
      .notNull()
      .default('pending'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    createdAt: time('created_at').notNull().defaultNow(),
    /** When an operator sent a failed mail again; the day of attempts counts from then. */
    retriedAt: time('retried_at'),
    sentAt: time('sent_at'),
    /** What the receiving side told later, where it tells at all. */
    deliveredAt: time('delivered_at'),
    bouncedAt: time('bounced_at'),
    complainedAt: time('complained_at'),
  },
  (t) => [
    index('mails_pending').on(t.createdAt).where(sql`${t.state} = 'pending'`),
    index('mails_recipient').on(t.recipientId, t.createdAt),
  ],
);

/** Which texts of which conversation a mail shows; they are those of the recipient's partner. */
export const mailRanges = pgTable(
  'mail_ranges',
  {
    mailId: uuid('mail_id')
      .notNull()
      .references(() => mails.id, { onDelete: 'cascade' }),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    fromSeq: integer('from_seq').notNull(),
    toSeq: integer('to_seq').notNull(),
    /** The last text that the mail shows: `toSeq`, but in mails of an earlier release, which only counted the rest. */
    shownSeq: integer('shown_seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.mailId, t.conversationId] }),
    index('mail_ranges_conversation').on(t.conversationId, t.fromSeq),
  ],
);

/** Webhook calls that were acted on, so that a second copy of one changes nothing. */
export const webhookCalls = pgTable('webhook_calls', {
  id: text('id').primaryKey(),
  receivedAt: time('received_at').notNull().defaultNow(),
});
