import type { ChangeKind } from '#db/queries/changes.ts';
import { createDomainEvents } from '#lib/runtime/domain-events.ts';
import type { ConversationEntry, Cursors, MarksChange, Message } from './types.ts';

/**
 * What happens in conversations, told after it was committed. The domain knows nobody who hears it: sockets
 * (lib/realtime) and notifications (lib/notifications) do, and are best effort, as the log holds the truth.
 */
export type ChatEvents = {
  /** A message was sent; a repeat of one that was stored before is not told again. */
  'message:stored': { message: Message; recipientId: string };
  /** A message that both have was changed as a whole. */
  'message:changed': { kind: ChangeKind; message: Message; memberIds: readonly string[] };
  /** A cursor moved: told once for each person who may know. `unread` is the viewer's own count. */
  'cursor:moved': { viewerId: string; cursor: Cursors & { conversationId: string }; unread?: number };
  /** What a person keeps to themselves of a conversation changed: told to nobody else. */
  'marks:changed': { viewerId: string; change: MarksChange };
  /** A conversation appeared in a person's list, or its entry changed as a whole. */
  'conversation:changed': { viewerId: string; entry: ConversationEntry };
  /** What two people may know of each other's presence changed: by their first message, or by a block. */
  'partners:changed': { memberIds: readonly [string, string] };
};

/** Whoever wants to hear of conversations registers here, once at the start of the process. */
export const chatEvents = createDomainEvents<ChatEvents>('chat');
