import type { ChatResult, ConversationEntry, MessageDetails, Partner } from '#lib/chat/types.ts';

/** The server actions that an open conversation needs. */
export type ConversationActions = {
  /** Blocks or unblocks the partner. */
  setBlocked: (input: {
    conversationId: string;
    blocked: boolean;
  }) => Promise<ChatResult<{ entry: ConversationEntry }>>;
  /** Mutes the conversation or ends that. */
  setMuted: (input: {
    conversationId: string;
    muted: boolean;
  }) => Promise<ChatResult<{ entry: ConversationEntry }>>;
  /** How far one of the viewer's own messages has come. */
  readDetails: (input: {
    conversationId: string;
    seq: number;
  }) => Promise<ChatResult<{ details: MessageDetails }>>;
  /** People by a part of their name. */
  findPeople: (query: string) => Promise<ChatResult<{ people: Partner[] }>>;
  /** The conversation with a person, begun if there is none. */
  startChat: (partnerId: string) => Promise<ChatResult<{ entry: ConversationEntry }>>;
};
