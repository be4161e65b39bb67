import { validate as isUuid } from 'uuid';
import * as v from 'valibot';
import { normalizeBody } from '../text/normalize.ts';
import { isVisible } from '../text/visible.ts';
import { countCodePoints, MAX_BODY_LENGTH, MAX_CHANGES_BEHIND, MAX_PAGE_SIZE, PAGE_SIZE } from './sizes.ts';

export { countCodePoints, MAX_BODY_LENGTH, MAX_PAGE_SIZE, PAGE_SIZE };

/** The largest number that the database's columns hold. */
const MAX_INT = 2_147_483_647;
const integer = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** As the database writes ids: what is echoed to others is the key that they know. */
export const idSchema = v.pipe(
  v.string(),
  v.check((text) => isUuid(text)),
  v.toLowerCase(),
);
export const seqSchema = integer(1, MAX_INT);
const revisionSchema = integer(0, MAX_INT);
const limitSchema = v.optional(integer(1, MAX_PAGE_SIZE));

/** A time in UTC as ISO 8601 writes it, on a day that the calendar has. */
export const timestampSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/),
  v.check((text) => isOnItsDay(text)),
);

/** A day too many, such as February 30, is read as one of the next month. */
function isOnItsDay(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && text.startsWith(time.toISOString().slice(0, 10));
}

/** UTF-16 units; the longest emoji there is, a family of four, has eleven, with skin tones some twenty. */
const MAX_EMOJI_LENGTH = 40;
const IS_EMOJI = /^\p{RGI_Emoji}$/v;

/** A character takes at most four that compose to it, such as ᾂ (Unicode's canonical decompositions). */
const MAX_RAW_LENGTH = MAX_BODY_LENGTH * 4;
/**
 * Over a hundred marks on one letter, more than thrice what UAX #15 (Stream-Safe Text Format) knows of in any
 * language. Bringing them in order takes a time that grows with the square of their number.
 */
const ENDLESS_MARKS = /(?<!\p{M})\p{M}{101}/u;

/**
 * A message body: trimmed, NFC, 1 to `MAX_BODY_LENGTH` code points, some of which are seen; NUL, lone surrogates and endless
 * marks refused.
 * `too_long` is told apart from other faults by its issue message.
 */
export const bodySchema = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => text.length <= MAX_RAW_LENGTH * 2 && countCodePoints(text) <= MAX_RAW_LENGTH, 'too_long'),
  v.check((text) => !text.includes('\0') && text.isWellFormed() && !ENDLESS_MARKS.test(text), 'invalid'),
  v.transform(normalizeBody),
  v.check((text) => isVisible(text), 'invalid'),
  v.check(
    (text) => text.length <= MAX_BODY_LENGTH * 2 && countCodePoints(text) <= MAX_BODY_LENGTH,
    'too_long',
  ),
);

/** One emoji that programs show as one picture (UTS #51, RGI), also where its variation selector was left out. */
export const emojiSchema = v.pipe(
  v.string(),
  v.maxLength(MAX_EMOJI_LENGTH),
  v.transform((text) => (IS_EMOJI.test(text) ? text : `${text}\uFE0F`)),
  v.check((text) => IS_EMOJI.test(text)),
);

// A newer client may send fields that this server does not know: they are dropped, and never a reason to refuse.

const sentFields = {
  conversationId: idSchema,
  clientId: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,64}$/)),
  replyToSeq: v.optional(seqSchema),
};
const writtenSchema = v.object({ ...sentFields, body: bodySchema });
/** The server copies the text itself: what is sent as the body beside it is as good as an unknown field. */
const forwardedSchema = v.object({
  ...sentFields,
  forwardOf: v.object({ conversationId: idSchema, seq: seqSchema }),
});
const hasSource = (input: unknown) =>
  typeof input === 'object' && input !== null && 'forwardOf' in input && input.forwardOf !== undefined;

/** A text of one's own, or that of a message which is forwarded. */
export const sendSchema = v.lazy((input) => (hasSource(input) ? forwardedSchema : writtenSchema));
export const deleteSchema = v.object({
  conversationId: idSchema,
  seq: seqSchema,
  /** For whom it is gone. */
  scope: v.picklist(['both', 'me']),
});
export const undeleteSchema = v.object({ conversationId: idSchema, seq: seqSchema });
export const editSchema = v.object({
  conversationId: idSchema,
  seq: seqSchema,
  body: bodySchema,
  /** The revision of the message that was changed: a text that came after it is not overwritten. */
  baseRevision: seqSchema,
});
export const reactSchema = v.object({
  conversationId: idSchema,
  seq: seqSchema,
  emoji: emojiSchema,
  on: v.boolean(),
});
export const pinSchema = v.object({ conversationId: idSchema, seq: seqSchema, on: v.boolean() });
export const starSchema = v.object({ conversationId: idSchema, seq: seqSchema, on: v.boolean() });
/** Of a conversation in which nothing was said, 0. */
export const clearSchema = v.object({ conversationId: idSchema, upToSeq: integer(0, MAX_INT) });
export const cursorSchema = v.object({ conversationId: idSchema, seq: seqSchema });
export const conversationSchema = v.object({ conversationId: idSchema });
export const historySchema = v.pipe(
  v.object({
    conversationId: idSchema,
    limit: limitSchema,
    beforeSeq: v.optional(seqSchema),
    afterSeq: v.optional(integer(0, MAX_INT)),
    aroundSeq: v.optional(seqSchema),
    /** The revision of the marks that the caller knows: the answer brings others only. */
    marksRevision: v.optional(revisionSchema),
  }),
  v.check(
    ({ beforeSeq, afterSeq, aroundSeq }) =>
      [beforeSeq, afterSeq, aroundSeq].filter((value) => value !== undefined).length <= 1,
  ),
);
export const syncSchema = v.object({
  conversationId: idSchema,
  afterRevision: revisionSchema,
  limit: v.optional(integer(1, MAX_CHANGES_BEHIND)),
});
export const listSchema = v.object({
  limit: limitSchema,
  /** The last entry of the page before: its activity time and id. */
  before: v.optional(v.object({ at: timestampSchema, conversationId: idSchema })),
});
/** Where a message stands in a list of the newest first: its time there, and which it is. */
export const placeSchema = v.strictObject({ at: timestampSchema, conversationId: idSchema, seq: seqSchema });
export const starredSchema = v.strictObject({ before: v.optional(placeSchema), limit: limitSchema });
export const blockSchema = v.object({ conversationId: idSchema, blocked: v.boolean() });
export const muteSchema = v.object({ conversationId: idSchema, muted: v.boolean() });

export type WrittenInput = v.InferOutput<typeof writtenSchema>;
export type ForwardedInput = v.InferOutput<typeof forwardedSchema>;
export type SendInput = v.InferOutput<typeof sendSchema>;
export type EditInput = v.InferOutput<typeof editSchema>;
export type ReactInput = v.InferOutput<typeof reactSchema>;
export type PinInput = v.InferOutput<typeof pinSchema>;
export type UndeleteInput = v.InferOutput<typeof undeleteSchema>;
export type DeleteInput = v.InferOutput<typeof deleteSchema>;
export type StarInput = v.InferOutput<typeof starSchema>;
export type ClearInput = v.InferOutput<typeof clearSchema>;
export type HistoryInput = v.InferOutput<typeof historySchema>;
export type SyncInput = v.InferOutput<typeof syncSchema>;
export type ListInput = v.InferOutput<typeof listSchema>;
