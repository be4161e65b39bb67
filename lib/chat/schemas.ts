import { z } from 'zod';
import { countCodePoints, MAX_BODY_LENGTH, MAX_PAGE_SIZE, PAGE_SIZE } from './limits.ts';

export { countCodePoints, MAX_BODY_LENGTH, MAX_PAGE_SIZE, PAGE_SIZE };

/** As the database writes ids: what is echoed to others is the key that they know. */
const idSchema = z.uuid().toLowerCase();
const seqSchema = z.int().min(1).max(2_147_483_647);
const revisionSchema = z.int().min(0).max(2_147_483_647);
const limitSchema = z.int().min(1).max(MAX_PAGE_SIZE).optional();

/** A character takes at most four that compose to it, such as ᾂ (Unicode's canonical decompositions). */
const MAX_RAW_LENGTH = MAX_BODY_LENGTH * 4;
/**
 * Over a hundred marks on one letter, more than thrice what UAX #15 (Stream-Safe Text Format) knows of in any
 * language. Bringing them in order takes a time that grows with the square of their number.
 */
const ENDLESS_MARKS = /(?<!\p{M})\p{M}{101}/u;

/**
 * A message body: trimmed, NFC, 1 to 4,000 code points; NUL, lone surrogates and endless marks refused.
 * `too_long` is told apart from other faults by its issue message.
 */
export const bodySchema = z
  .string()
  .trim()
  .refine((text) => text.length <= MAX_RAW_LENGTH * 2 && countCodePoints(text) <= MAX_RAW_LENGTH, 'too_long')
  .refine((text) => !text.includes('\0') && text.isWellFormed() && !ENDLESS_MARKS.test(text), 'invalid')
  .transform((text) => text.normalize('NFC'))
  .refine((text) => text.length > 0, 'invalid')
  .refine(
    (text) => text.length <= MAX_BODY_LENGTH * 2 && countCodePoints(text) <= MAX_BODY_LENGTH,
    'too_long',
  );

export const sendSchema = z.strictObject({
  conversationId: idSchema,
  clientId: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  body: bodySchema,
  replyToSeq: seqSchema.optional(),
});
export const cursorSchema = z.strictObject({ conversationId: idSchema, seq: seqSchema });
export const conversationSchema = z.strictObject({ conversationId: idSchema });
export const historySchema = z
  .strictObject({
    conversationId: idSchema,
    limit: limitSchema,
    beforeSeq: seqSchema.optional(),
    afterSeq: z.int().min(0).max(2_147_483_647).optional(),
    aroundSeq: seqSchema.optional(),
  })
  .refine(
    ({ beforeSeq, afterSeq, aroundSeq }) =>
      [beforeSeq, afterSeq, aroundSeq].filter((value) => value !== undefined).length <= 1,
  );
export const syncSchema = z.strictObject({
  conversationId: idSchema,
  afterRevision: revisionSchema,
  limit: z.int().min(1).max(500).optional(),
});
export const listSchema = z.strictObject({
  limit: limitSchema,
  /** The last entry of the page before: its activity time and id. */
  before: z.strictObject({ at: z.iso.datetime(), conversationId: idSchema }).optional(),
});
export const blockSchema = z.strictObject({ conversationId: idSchema, blocked: z.boolean() });
export const muteSchema = z.strictObject({ conversationId: idSchema, muted: z.boolean() });

export type SendInput = z.infer<typeof sendSchema>;
export type HistoryInput = z.infer<typeof historySchema>;
export type SyncInput = z.infer<typeof syncSchema>;
export type ListInput = z.infer<typeof listSchema>;
