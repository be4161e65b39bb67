import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LATELY, time } from './columns.ts';
import { conversations } from './conversations.ts';
import { users } from './people.ts';

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
    /** The revision at which the text last changed; null while it is as it was sent. */
    textRevision: integer('text_revision'),
    deletedAt: time('deleted_at'),
    /** It was deleted before the partner had it in any way, so nobody is shown its place. */
    vanished: boolean('vanished').notNull().default(false),
    /** Few kinds, each with one or both of two people: less than a table of them costs. Null for none. */
    reactions: jsonb('reactions').$type<{ emoji: string; userIds: string[] }[]>(),
    replyToSeq: integer('reply_to_seq'),
    /** When one of the two pinned it, and who; `conversations.pinned_seqs` lists those that are pinned. */
    pinnedAt: time('pinned_at'),
    pinnedBy: uuid('pinned_by'),
    /** Its text was copied from a message of another conversation. */
    forwarded: boolean('forwarded').notNull().default(false),
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

/** What an edited message said before, oldest first; gone with the message. */
export const messageVersions = pgTable(
  'message_versions',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    /** From 1, which is the text as it was sent. */
    version: integer('version').notNull(),
    body: text('body').notNull(),
    /** When this text was written. */
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.seq, t.version] })],
);

/** What a message was before it was deleted, all that is left of it, for as long as the deletion can be undone. */
export type DeletedContent = {
  body: string;
  editedAt: string | null;
  textRevision: number | null;
  replyToSeq: number | null;
  reactions: { emoji: string; userIds: string[] }[] | null;
  /** Absent in what an earlier release has written. */
  pinnedAt?: string | null;
  pinnedBy?: string | null;
  versions: { version: number; body: string; at: string }[];
  /** Who of the two had starred it, and since when; absent in what a release before stars kept. */
  stars?: { userId: string; at: string }[];
  /** No mail with it had gone: what passes over it meanwhile owes it again. */
  isUnmailed: boolean;
};

/** Deletions that can still be undone. A row lives for seconds (lib/chat/undelete-message.ts). */
export const undos = pgTable(
  'undos',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    content: jsonb('content').$type<DeletedContent>().notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.seq] })],
);
