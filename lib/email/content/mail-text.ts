import type { AnsweredText } from '#db/queries/mail-outbox.ts';

/** A text that a mail shows in full, what it answers, if it is a reply, and whether it was forwarded. */
export type MailText = { seq: number; body: string; answered?: AnsweredText | null; isForwarded?: boolean };
