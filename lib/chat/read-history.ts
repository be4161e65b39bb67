import type pg from 'pg';
import { selectMarks } from '#db/queries/marks.ts';
import { type PageAnchor, type PageRow, selectPage } from '#db/queries/messages.ts';
import { ok } from '#lib/runtime/result.ts';
import { hideMessages } from './hide-messages.ts';
import { toPins } from './pins.ts';
import { type HistoryInput, PAGE_SIZE } from './schemas.ts';
import type { ChatResult, HistoryPage, Marks, Message } from './types.ts';
import { fail, toMessage } from './wire.ts';

/**
 * A page of a conversation in seq order: the newest, or the one before, after or around a seq.
 * A seq beyond either end gives what lies nearest. Error: `not_found` for what is not the viewer's.
 */
export async function readHistory(
  input: { viewerId: string } & HistoryInput,
): Promise<ChatResult<HistoryPage>> {
  const page = await readPage(input);
  return page ? ok(page) : fail('not_found');
}

type Asked = {
  viewerId: string;
  conversationId: string;
  limit?: number;
  marksRevision?: number;
} & PageAnchor;

/** The same where a snapshot is given; null for what is not the viewer's. */
export async function readPage(asked: Asked, client?: pg.PoolClient): Promise<HistoryPage | null> {
  const { viewerId: memberId, limit = PAGE_SIZE, marksRevision, ...anchor } = asked;
  const rows = await selectPage({ memberId, limit, ...anchor }, client);
  const head = rows[0];
  if (!head) return null;
  const page = toPage(rows, head, anchor);
  const marks = await readMarksOf(head, { memberId, conversationId: asked.conversationId }, client);
  if (!marks) return page;
  const messages = hideFor(page.messages, marks);
  const pins = page.pins?.filter(({ seq }) => !marks.hidden.includes(seq)) ?? [];
  const { pins: _, ...rest } = page;
  return {
    ...rest,
    messages,
    ...(pins.length > 0 && { pins }),
    ...(marks.revision !== marksRevision && { marks }),
  };
}

/** What a member keeps to themselves; asked only of those who ever did. */
export async function readMarksOf(
  { marksRevision }: { marksRevision: number },
  side: { memberId: string; conversationId: string },
  client?: pg.PoolClient,
): Promise<Marks | undefined> {
  return marksRevision > 0 ? selectMarks(side, client) : undefined;
}

/** Messages as the person of these marks sees them. */
export function hideFor(messages: Message[], { clearedSeq, hidden }: Marks): Message[] {
  return hideMessages(messages, { clearedSeq, hidden: new Set(hidden) });
}

/** Turns the rows of a page into what the wire carries; nothing lies below what the reader cleared. */
function toPage(
  rows: PageRow[],
  { headRevision, lastSeq, clearedSeq }: PageRow,
  anchor: PageAnchor,
): HistoryPage {
  const messages = rows.flatMap((row) => (row.isPin || row.seq === null ? [] : [toMessage(row)]));
  const pins = toPins(rows.flatMap((row) => (row.isPin ? [toMessage(row)] : [])));
  // An empty page still says on which side of it messages lie.
  const first = messages[0]?.seq ?? (anchor.beforeSeq ? clearedSeq + 1 : lastSeq + 1);
  const last = messages.at(-1)?.seq ?? (anchor.beforeSeq ? clearedSeq : lastSeq);
  return {
    messages,
    more: { before: first > clearedSeq + 1 && lastSeq > clearedSeq, after: last < lastSeq },
    ...(pins.length > 0 && { pins }),
    revision: headRevision,
  };
}
