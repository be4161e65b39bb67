import { selectEntry } from '#db/queries/conversations.ts';
import { selectSync } from '#db/queries/sync.ts';
import { withSnapshot } from '#db/transaction.ts';
import { ok } from '#lib/runtime/result.ts';
import { hideFor, readMarksOf, readPage } from './read-history.ts';
import type { SyncInput } from './schemas.ts';
import { MAX_CHANGES_BEHIND } from './sizes.ts';
import type { ChatResult, SyncPage } from './types.ts';
import { fail, toEntry, toMessage } from './wire.ts';

const DEFAULT_LIMIT = 200;

/**
 * What changed in a conversation after a revision, with both cursors and the viewer's list entry,
 * all from one snapshot. A revision ahead of the server's (a restored backup) starts over as well.
 * Error: `not_found` for what is not the viewer's.
 */
export async function syncConversation(
  input: { viewerId: string } & SyncInput,
): Promise<ChatResult<SyncPage>> {
  const { viewerId, conversationId, afterRevision, limit = DEFAULT_LIMIT } = input;
  const found = await selectSync({
    memberId: viewerId,
    conversationId,
    afterRevision,
    maxBehind: MAX_CHANGES_BEHIND,
    limit: limit + 1,
  });
  if (!found) return fail('not_found');
  const { revision: headRevision } = found.entry;
  const behind = headRevision - afterRevision;
  if (behind < 0 || behind > MAX_CHANGES_BEHIND) return startOver(viewerId, conversationId);
  const conversation = toEntry(found.entry, viewerId);
  const marks = await readMarksOf(found.entry, { memberId: viewerId, conversationId });
  const listed = found.changes.slice(0, limit).map(toMessage);
  const changes = marks ? hideFor(listed, marks) : listed;
  const more = found.changes.length > limit;
  const revision = more ? (listed.at(-1)?.revision ?? afterRevision) : headRevision;
  return ok({ conversation, cursors: conversation.cursors, changes, more, revision });
}

function startOver(viewerId: string, conversationId: string): Promise<ChatResult<SyncPage>> {
  return withSnapshot(async (client) => {
    const row = await selectEntry({ memberId: viewerId, conversationId }, client);
    if (!row) return fail('not_found');
    const conversation = toEntry(row, viewerId);
    const page = await readPage({ viewerId, conversationId }, client);
    if (!page) return fail('not_found');
    return ok({
      reset: true as const,
      conversation,
      cursors: conversation.cursors,
      messages: page.messages,
      ...(page.pins && { pins: page.pins }),
      ...(page.marks && { marks: page.marks }),
      revision: row.revision,
    });
  });
}
