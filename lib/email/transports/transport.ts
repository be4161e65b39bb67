import type { MailPayload } from '#db/queries/mails.ts';
import { cleanLine } from '../content/clean-line.ts';

/** What a transport is given; the same for every attempt. */
export type OutgoingMail = {
  id: string;
  address: string;
  payload: MailPayload;
  idempotencyKey: string;
  createdAt: Date;
};

export type Transport = {
  name: 'resend' | 'smtp' | 'mailbox';
  /** Hands the mail over. @throws TransportError */
  send(mail: OutgoingMail): Promise<void>;
  /** Closes what is open. */
  close(): void;
};

/** Characters of an answer that are kept. */
const ANSWER_LIMIT = 300;

/** A refused or failed hand-over. `permanent`: trying again cannot help. */
export class TransportError extends Error {
  readonly code = 'MAIL_TRANSPORT';
  readonly permanent: boolean;
  /** The receiving side says that this mailbox does not exist or takes no mail for good. */
  readonly isBounce: boolean;
  /** What the receiving side said. It may name addresses, so it is kept for the operator and never logged. */
  readonly answer: string | undefined;
  /** Seconds that the receiver asked us to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    options: {
      permanent?: boolean;
      isBounce?: boolean;
      answer?: string;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.permanent = options.permanent ?? false;
    this.isBounce = options.isBounce ?? false;
    this.answer = options.answer && cleanLine(options.answer, ANSWER_LIMIT);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Longest hand-over (ms) where a second copy does no harm; a server that hangs is given up and tried again. */
export const SEND_TIMEOUT_MS = 15_000;
