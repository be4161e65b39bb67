import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { LATELY, time } from './columns.ts';
import { users } from './people.ts';

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
     * Each side's newest seq, read under the row lock of a send: whether something of the partner's
     * lies above a cursor is then known without a look at messages another send just committed.
     */
    lowLastSeq: integer('low_last_seq').notNull().default(0),
    highLastSeq: integer('high_last_seq').notNull().default(0),
    lastMessageAt: time('last_message_at'),
    /** The messages that are pinned, at most `MAX_PINS`, so that they are found without an index over all messages. */
    pinnedSeqs: integer('pinned_seqs').array().notNull().default(sql`'{}'`),
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
     * The mail outbox: the partner's texts above it are due, by the commit that stored them. It goes back
     * only when a mail is cancelled whose texts are still wanted.
     */
    mailedSeq: integer('mailed_seq').notNull().default(0),
    lastMailedAt: time('last_mailed_at'),
    /** This person opened the conversation; an empty conversation is listed only for those who did. */
    opened: boolean('opened').notNull().default(false),
    /** This person has blocked the other. */
    blocked: boolean('blocked').notNull().default(false),
    /** Since when a block stands between the two, whoever set it; null while none does. */
    sealedAt: time('sealed_at'),
    /** Where this person's cursors were then, which is all that the other is shown meanwhile. */
    sealedDeliveredSeq: integer('sealed_delivered_seq'),
    sealedReadSeq: integer('sealed_read_seq'),
    /** This person wants no mail about this conversation, and no count of it in the window's title. */
    muted: boolean('muted').notNull().default(false),
    /** Grows with each change of this person's own marks on messages, for their other devices. */
    marksRevision: integer('marks_revision').notNull().default(0),
    /** This person deleted the conversation for themselves up to here: nothing up to it is shown to them. */
    clearedSeq: integer('cleared_seq').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index('members_user').on(t.userId)],
);

/** What a person keeps to themselves about a message: a star, or that they deleted it for themselves. */
export const marks = pgTable(
  'marks',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    starredAt: time('starred_at'),
    hiddenAt: time('hidden_at'),
    /** When it last changed, for heads. */
    at: time('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId, t.seq] }),
    index('marks_starred').on(t.userId, t.starredAt).where(sql`${t.starredAt} is not null`),
    index('marks_at').using('brin', t.at).with(LATELY),
  ],
);

/**
 * What happened to messages after they were sent, for heads; forgotten after a day. A send writes no row here:
 * `messages.created_at` tells of it.
 */
export const changes = pgTable(
  'changes',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    /** The revision that the change took; the message carries it until its next change. */
    revision: integer('revision').notNull(),
    /** The message that changed. */
    seq: integer('seq').notNull(),
    kind: text('kind', { enum: ['delete', 'undelete', 'edit', 'react', 'pin'] }).notNull(),
    at: time('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.revision] }),
    index('changes_at').using('brin', t.at).with(LATELY),
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
