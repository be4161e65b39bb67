import { selectMarks } from '#db/queries/marks.ts';
import { ok } from '#lib/runtime/result.ts';
import type { ChatResult, Marks } from './types.ts';
import { fail } from './wire.ts';

/** All that a person keeps to themselves of a conversation. Error: `not_found` for what is not the viewer's. */
export async function readMarks(input: {
  viewerId: string;
  conversationId: string;
}): Promise<ChatResult<Marks>> {
  const { viewerId: memberId, conversationId } = input;
  const marks = await selectMarks({ memberId, conversationId });
  return marks ? ok(marks) : fail('not_found');
}
