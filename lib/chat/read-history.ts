import { type PageRow, selectPage } from '#db/queries/messages.ts';
import { ok } from '#lib/runtime/result.ts';
import { type HistoryInput, PAGE_SIZE } from './schemas.ts';
import type { ChatResult, HistoryPage } from './types.ts';
import { fail, toMessage } from './wire.ts';

/**
 * A page of a conversation in seq order: the newest, or the one before, after or around a seq.
 * A seq beyond either end gives what lies nearest. Error: `not_found` for what is not the viewer's.
 */
export async function readHistory(
  input: { viewerId: string } & HistoryInput,
): Promise<ChatResult<HistoryPage>> {
  const { viewerId, limit = PAGE_SIZE, ...anchor } = input;
  const rows = await selectPage({ memberId: viewerId, limit, ...anchor });
  return rows.length === 0 ? fail('not_found') : ok(toPage(rows, anchor));
}

/** Turns the rows of a page, at least one, into what the wire carries. */
export function toPage(rows: PageRow[], anchor: { beforeSeq?: number; afterSeq?: number }): HistoryPage {
  const { headRevision, lastSeq } = rows[0] as PageRow;
  const messages = rows.flatMap((row) => (row.seq === null ? [] : [toMessage(row)]));
  // An empty page still says on which side of it messages lie.
  const first = messages[0]?.seq ?? (anchor.beforeSeq ? 1 : lastSeq + 1);
  const last = messages.at(-1)?.seq ?? (anchor.beforeSeq ? 0 : lastSeq);
  return {
    messages,
    more: { before: first > 1 && lastSeq > 0, after: last < lastSeq },
    revision: headRevision,
  };
}
