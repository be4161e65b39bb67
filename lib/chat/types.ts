import type { Result } from '#lib/runtime/result.ts';

/** A member's cursors in a conversation. Both only grow; 0 means "nothing yet". */
export type Cursors = { userId: string; deliveredSeq: number; readSeq: number };

/** An emoji on a message, and who of the two put it there, first come first. */
export type Reaction = { emoji: string; userIds: string[] };

/** The message that a reply answers, always as it is now. */
export type Quote = {
  seq: number;
  senderId: string;
  /** At most `PREVIEW_LENGTH` characters of it; empty when it was deleted. */
  body: string;
  deletedAt?: string;
};

/** One message as both people, and nobody else, receive it. */
export type Message = {
  conversationId: string;
  /** Place in the conversation, from 1, without gaps. */
  seq: number;
  /** The conversation's revision at this message's last change. */
  revision: number;
  clientId: string;
  senderId: string;
  body: string;
  /** ISO 8601 UTC, as all times. */
  createdAt: string;
  editedAt?: string;
  deletedAt?: string;
  /** True when it was deleted before the partner had it in any way: its place is not shown. */
  vanished?: true;
  replyToSeq?: number;
  /** With `replyToSeq`: what it answers. */
  replyTo?: Quote;
  /** In the order in which the kinds came; at least one. */
  reactions?: Reaction[];
  /** When it was pinned, and by whom; the two come together. */
  pinnedAt?: string;
  pinnedBy?: string;
  /** True when its text was copied from another conversation. */
  forwarded?: true;
  /** Present when it was written as a reply to an e-mail. */
  via?: 'email';
};

/** What a bar shows of a pinned message, its body cut to a preview. */
export type Pin = Pick<Message, 'seq' | 'senderId' | 'body'> & { pinnedAt: string; pinnedBy: string };

/** What a list shows of a message. */
export type MessagePreview = Pick<Message, 'seq' | 'senderId' | 'body' | 'createdAt' | 'deletedAt'>;

/**
 * How far one's own message has come. A step that was taken has its time where that is known, else
 * null; one that was not taken, or of which nothing is known, is absent. Of the partner's message only when it was
 * sent and what it said before.
 */
export type MessageDetails = {
  sentAt: string;
  delivered?: { at: string | null };
  read?: { at: string | null };
  mail?: {
    sentAt: string | null;
    deliveredAt?: string;
    bouncedAt?: string;
    /** It was edited after the mail was written. */
    showsEarlierText?: true;
  };
  /** What it said before it was edited, oldest first, each until `at`; of very many the last. Both people may look. */
  versions?: { body: string; at: string }[];
};

/**
 * What one person keeps to themselves about a conversation, as a whole: what they starred, what they deleted for
 * themselves (seqs above `clearedSeq`), and up to where they deleted all of it. The newest revision is the truth.
 */
export type Marks = { revision: number; clearedSeq: number; starred: number[]; hidden: number[] };

/** One change of a person's marks: of one message, which says how that stands since, or of the whole up to a seq. */
export type MarksChange = { conversationId: string; revision: number } & (
  | { seq: number; starred: boolean; hidden: boolean; clearedSeq?: undefined }
  | { clearedSeq: number; seq?: undefined }
);

/** What a list entry, and heads to the person alone, tell of their marks. */
export type MarksHead = {
  revision: number;
  clearedSeq: number;
  /** They deleted the conversation for themselves, and neither was anything said since that did not vanish nor did they open it again. */
  removed?: true;
};

export type Partner = { userId: string; username: string };

/** One row of a person's conversation list, from that person's side. */
export type ConversationEntry = {
  conversationId: string;
  partner: Partner;
  createdAt: string;
  lastSeq: number;
  revision: number;
  /** The newest message that the viewer is shown, its body cut to a preview; null where there is none. */
  lastMessage: MessagePreview | null;
  /** The partner's messages above one's own read cursor that stand and are not hidden, counted to `UNREAD_LIMIT`. */
  unread: number;
  /** Both members' cursors. */
  cursors: Cursors[];
  /** True when the viewer has blocked the partner. */
  blocked: boolean;
  /** True when the viewer wants no mail about this conversation. */
  muted: boolean;
  /** Where the viewer's marks stand; absent while they never made any. */
  marks?: MarksHead;
};

export type ErrorCode =
  | 'unauthorized'
  | 'not_found'
  | 'invalid'
  | 'too_long'
  | 'rate_limited'
  | 'blocked'
  | 'conflict'
  | 'too_late'
  | 'unavailable';

/** Why something was not done, and after too many tries when it may be tried again. */
export type Fault = { code: ErrorCode; retryAfterMs?: number };
export type ChatResult<T> = Result<T, Fault>;

export type HistoryPage = {
  messages: Message[];
  more: { before: boolean; after: boolean };
  /** All pinned messages of the conversation, where there are any; not with a page `beforeSeq` or `afterSeq`. */
  pins?: Pin[];
  /** The conversation's revision in the same snapshot. */
  revision: number;
  /** The viewer's marks, where there are any that they do not know. */
  marks?: Marks;
};

export type SyncPage = {
  cursors: Cursors[];
  conversation: ConversationEntry;
  revision: number;
} & (
  | { changes: Message[]; more: boolean; reset?: undefined }
  | { reset: true; messages: Message[]; pins?: Pin[]; marks?: Marks; more?: undefined }
);

/** A message outside its conversation: without what it answers, which nothing shows there and its reader may have hidden. */
export type FoundMessage = Omit<Message, 'replyTo'>;

/** One hit of a message search; `ranges` are [start, end) UTF-16 offsets in `body` to highlight. */
export type SearchHit = {
  message: FoundMessage;
  partner: Partner;
  ranges: [number, number][];
};

/** A message that the viewer has starred, at most 200 characters of its body, and with whom it was said. */
export type StarredMessage = { message: FoundMessage; partner: Partner };
export type StarredPage = { starred: StarredMessage[]; next: SearchCursor | null };

/** Where the next page of a search, or of starred messages, begins: the last one shown. */
export type SearchCursor = { at: string; conversationId: string; seq: number };
