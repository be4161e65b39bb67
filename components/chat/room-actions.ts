import type { Ack, ConversationEntry, MessageDetails } from '#lib/chat/types.ts';

/** The server actions that an open room needs. */
export type RoomActions = {
  /** Blocks or unblocks the partner. */
  setBlocked: (input: {
    conversationId: string;
    blocked: boolean;
  }) => Promise<Ack<{ entry: ConversationEntry }>>;
  /** Mutes the conversation or ends that. */
  setMuted: (input: { conversationId: string; muted: boolean }) => Promise<Ack<{ entry: ConversationEntry }>>;
  /** How far one of the viewer's own messages has come. */
  readDetails: (input: { conversationId: string; seq: number }) => Promise<Ack<{ details: MessageDetails }>>;
};
