import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/**
 * What was written in the last minute lies at the end of a table that only grows, so a summary of each
 * half megabyte (64 pages) finds it and costs a write nothing.
 */
const LATELY = { autosummarize: true, pages_per_range: 64 };

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** People. `*Key` columns are folded (NFKC, case) and carry the uniqueness; ids are uuid v7. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    username: text('username').notNull(),
    usernameKey: text('username_key').notNull(),
    /** Pieces by which people search finds this name (lib/text/people-keys.ts). */
    searchKeys: text('search_keys').array().notNull(),
    /** The folded name, which is the first of those keys. */
    searchName: text('search_name').generatedAlwaysAs(sql`search_keys[1]`),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    emailVerifiedAt: time('email_verified_at'),
    passwordHash: text('password_hash').notNull(),
    locale: text('locale', { enum: ['ko', 'en'] }).notNull(),
    /** Which new messages reach this person by e-mail (lib/email/policy.ts). */
    emailPreference: text('email_preference', { enum: ['every', 'unread', 'daily', 'never'] })
      .notNull()
      .default('every'),
    /** Zone that the daily summary's morning is reckoned in; null until the person chose the summary. */
    timeZone: text('time_zone'),
    lastSummaryAt: time('last_summary_at'),
    /** Set when the present address refused a mail for good or its reader called one spam. */
    emailStoppedAt: time('email_stopped_at'),
    emailStopReason: text('email_stop_reason', { enum: ['bounced', 'complained'] }),
    createdAt: time('created_at').notNull().defaultNow(),
    /** When the last of this person's connections closed; null before the first. */
    lastSeenAt: time('last_seen_at'),
  },
  (t) => [
    uniqueIndex('users_username_key').on(t.usernameKey),
    uniqueIndex('users_email_key').on(t.emailKey),
    index('users_search').using('gin', t.searchKeys),
    // Code point order, so that names which begin alike are one range of the index.
    index('users_search_name').on(sql`${t.searchName} collate "C"`),
  ],
);

/** Logins. The JWT names a row here; a revoked or idle row ends the session whatever the cookie says. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: time('created_at').notNull().defaultNow(),
    lastSeenAt: time('last_seen_at').notNull().defaultNow(),
    userAgent: text('user_agent'),
    ip: text('ip'),
    /** The browser, as the cookie it keeps names it; a login from an unknown one is told by mail. */
    deviceId: uuid('device_id'),
    revokedAt: time('revoked_at'),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** Single-use secrets sent by e-mail, stored as SHA-256. */
export const tokens = pgTable(
  'tokens',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose', { enum: ['verify', 'reset', 'change'] }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The address that the token was sent to; it proves that address and no later one. */
    email: text('email').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    expiresAt: time('expires_at').notNull(),
    usedAt: time('used_at'),
  },
  (t) => [index('tokens_user').on(t.userId)],
);

/** An ordered log between two people; the pair is unique with low < high. */
export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    lowUserId: uuid('low_user_id')
      .notNull()
      .references(() => users.id),
    highUserId: uuid('high_user_id')
      .notNull()
      .references(() => users.id),
    createdAt: time('created_at').notNull().defaultNow(),
    lastSeq: integer('last_seq').notNull().default(0),
    revision: integer('revision').notNull().default(0),
    /**
     * Each side's newest seq, read under the row lock of a send: whether something of the peer's
     * lies above a cursor is then known without a look at messages another send just committed.
     */
    lowLastSeq: integer('low_last_seq').notNull().default(0),
    highLastSeq: integer('high_last_seq').notNull().default(0),
    lastMessageAt: time('last_message_at'),
  },
  (t) => [
    unique('conversations_pair').on(t.lowUserId, t.highUserId),
    check('conversations_pair_order', sql`${t.lowUserId} < ${t.highUserId}`),
  ],
);

/** A person in a conversation: three cursors that only grow. */
export const members = pgTable(
  'members',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    deliveredSeq: integer('delivered_seq').notNull().default(0),
    readSeq: integer('read_seq').notNull().default(0),
    /**
     * The mail outbox: the peer's texts above it are due, by the commit that stored them. It goes back
     * only when a mail is cancelled whose texts are still wanted.
     */
    mailedSeq: integer('mailed_seq').notNull().default(0),
    lastMailedAt: time('last_mailed_at'),
    /** This person opened the room; an empty room is listed only for those who did. */
    opened: boolean('opened').notNull().default(false),
    /** This person has blocked the other. */
    blocked: boolean('blocked').notNull().default(false),
    /** This person wants no mail about this conversation, and no count of it in the window's title. */
    muted: boolean('muted').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index('members_user').on(t.userId)],
);

export const messages = pgTable(
  'messages',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    revision: integer('revision').notNull(),
    clientId: text('client_id').notNull(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id),
    body: text('body').notNull(),
    /** The body as search compares it (lib/text/search-keys.ts). */
    folded: text('folded').notNull(),
    /** Where search finds it: the conversation with each pair of characters (lib/text/message-keys.ts). */
    searchKeys: integer('search_keys').array().notNull(),
    createdAt: time('created_at').notNull(),
    editedAt: time('edited_at'),
    deletedAt: time('deleted_at'),
    replyToSeq: integer('reply_to_seq'),
    /** How it came, when not through the product itself. */
    via: text('via', { enum: ['email'] }),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.seq] }),
    unique('messages_client').on(t.conversationId, t.senderId, t.clientId),
    uniqueIndex('messages_revision').on(t.conversationId, t.revision),
    // Without the list of pending entries, whose emptying would hold up a send for half a second.
    index('messages_search').using('gin', t.searchKeys).with({ fastupdate: false }),
    index('messages_created').using('brin', t.createdAt).with(LATELY),
  ],
);

/** When a member's cursor moved, for the details of a message and for heads; forgotten after a month. */
export const receipts = pgTable(
  'receipts',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['delivered', 'read'] }).notNull(),
    /** Where the cursor stood before: the move tells the time of what lies between, and of nothing else. */
    fromSeq: integer('from_seq').notNull(),
    seq: integer('seq').notNull(),
    at: time('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId, t.kind, t.seq] }),
    index('receipts_at').using('brin', t.at).with(LATELY),
  ],
);

/** E-mails, frozen before their first attempt so that a retry sends the same one. */
export const mails = pgTable(
  'mails',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', {
      enum: ['messages', 'summary', 'verify', 'reset', 'change', 'changing', 'changed', 'device', 'refusal'],
    }).notNull(),
    /** Whose doings the mail is about; a `refusal` or `changed` may go to another address than theirs. */
    recipientId: uuid('recipient_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    /** Subject, html, text and headers, exactly as handed to the transport. */
    payload: jsonb('payload')
      .$type<{ subject: string; html: string; text: string; headers: Record<string, string> }>()
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

/** What of which conversation a mail covers; its texts are those of the recipient's partner. */
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
    /** The last text that the mail shows; those after it up to `toSeq` it only counts. */
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
