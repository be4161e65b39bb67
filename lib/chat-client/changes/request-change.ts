import type { Message } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { Transport } from '../connection/transport.ts';
import type { ChangeItem } from '../outbox/outbox-item.ts';

/** Asks the server for a change; null when no answer came. */
export function requestChange(
  { request }: Transport,
  item: ChangeItem,
): Promise<Ack<{ message: Message }> | null> {
  const { conversationId, seq } = item;
  switch (item.kind) {
    case 'edit': {
      const { text, baseRevision } = item;
      return request('message:edit', { conversationId, seq, body: text, baseRevision });
    }
    case 'delete':
      return request('message:delete', { conversationId, seq, scope: 'both' });
    case 'undelete':
      return request('message:undelete', { conversationId, seq });
    case 'react': {
      const { emoji, on } = item;
      return request('message:react', { conversationId, seq, emoji, on });
    }
  }
}
