import type { AnsweredText } from '#db/queries/mail-outbox.ts';

/** A text that a mail shows in full, and what it answers, if it is a reply. */
export type MailText = { seq: number; body: string; answered?: AnsweredText | null };
