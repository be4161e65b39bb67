import { PREVIEW_LENGTH } from '../text/plain-text.ts';
import { type AllFields, omitUndefined } from './all-fields.ts';
import type { Message, MessagePreview } from './types.ts';

/** What a list entry carries of its newest message. */
export function toPreview({ seq, senderId, body, createdAt, deletedAt }: Message): MessagePreview {
  const preview: AllFields<MessagePreview> = { seq, senderId, body: cut(body), createdAt, deletedAt };
  return omitUndefined<MessagePreview>(preview);
}

/** Counts code points as the database does; a text that is short in code units is so in those. */
function cut(body: string): string {
  return body.length > PREVIEW_LENGTH ? Array.from(body).slice(0, PREVIEW_LENGTH).join('') : body;
}
