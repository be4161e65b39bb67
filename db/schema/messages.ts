import { index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
