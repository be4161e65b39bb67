import { selectEntry } from '#db/queries/conversations.ts';
import { selectChanges, selectPage } from '#db/queries/messages.ts';
import { withSnapshot } from '#db/transaction.ts';
import { toPage } from './read-history.ts';
import { PAGE_SIZE, type SyncInput } from './schemas.ts';
import type { Ack, SyncPage } from './types.ts';
import { fail, toEntry, toMessage } from './wire.ts';

/** A client further behind than this starts over from the newest page (INTERFACE, sync). */
const MAX_CHANGES_BEHIND = 500;
const DEFAULT_LIMIT = 200;

/**
 * What changed in a conversation after a revision, with both cursors and the viewer's list entry,
 * all from one snapshot. A revision ahead of the server's (a restored backup) starts over as well.
 * Error: `not_found` for what is not the viewer's.
 */
export async function syncConversation(input: { viewerId: string } & SyncInput): Promise<Ack<SyncPage>> {
  const { viewerId, conversationId, afterRevision, limit = DEFAULT_LIMIT } = input;
  return withSnapshot(async (client) => {
    const row = await selectEntry({ memberId: viewerId, conversationId }, client);
    if (!row) return fail('not_found');
    const conversation = toEntry(row, viewerId);
    const head = { ok: true as const, conversation, cursors: conversation.cursors };

    const behind = row.revision - afterRevision;
    if (behind < 0 || behind > MAX_CHANGES_BEHIND) {
      const rows = await selectPage({ memberId: viewerId, conversationId, limit: PAGE_SIZE }, client);
      return { ...head, reset: true as const, messages: toPage(rows, {}).messages, revision: row.revision };
    }
    const changed = await selectChanges({ conversationId, afterRevision, limit: limit + 1 }, client);
    const changes = changed.slice(0, limit).map(toMessage);
    const more = changed.length > limit;
    const revision = more ? (changes.at(-1)?.revision ?? afterRevision) : row.revision;
    return { ...head, changes, more, revision };
  });
}
