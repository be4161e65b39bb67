import type { MarksChange, Message } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { Transport } from '../connection/transport.ts';
import { type ChangeItem, isMark, type MarkItem } from '../outbox/outbox-item.ts';

/** What the server has done: a message as it is since, or a change of the viewer's marks. */
export type Done = { message: Message } | { marked: MarksChange };

/** Asks the server for a change; null when no answer came. */
export function requestChange(transport: Transport, item: ChangeItem): Promise<Ack<Done> | null> {
  return isMark(item) ? requestMark(transport, item) : requestMessage(transport, item);
}

function requestMessage(
  { request }: Transport,
  item: Exclude<ChangeItem, MarkItem>,
): Promise<Ack<{ message: Message }> | null> {
  const { conversationId, seq } = item;
  switch (item.kind) {
    case 'edit': {
      const { text, baseRevision } = item;
      return request('message:edit', { conversationId, seq, body: text, baseRevision });
    }
    case 'delete':
      // For both it is answered with the message.
      return request('message:delete', { conversationId, seq, scope: 'both' }) as Promise<Ack<{
        message: Message;
      }> | null>;
    case 'undelete':
      return request('message:undelete', { conversationId, seq });
    case 'react': {
      const { emoji, on } = item;
      return request('message:react', { conversationId, seq, emoji, on });
    }
    case 'pin':
      return request('message:pin', { conversationId, seq, on: item.on });
  }
}

async function requestMark(transport: Transport, item: MarkItem): Promise<Ack<Done> | null> {
  const { conversationId, seq } = item;
  const ack = await askForMark(transport, item);
  if (!ack?.ok) return ack;
  const { revision } = ack;
  const marked: MarksChange =
    item.kind === 'clear'
      ? { conversationId, revision, clearedSeq: seq }
      : {
          conversationId,
          revision,
          seq,
          starred: item.kind === 'star' && item.on,
          hidden: item.kind === 'hide',
        };
  return { ok: true, marked };
}

function askForMark({ request }: Transport, item: MarkItem): Promise<Ack<{ revision: number }> | null> {
  const { conversationId, seq } = item;
  switch (item.kind) {
    case 'star':
      return request('message:star', { conversationId, seq, on: item.on });
    case 'hide':
      return request('message:delete', { conversationId, seq, scope: 'me' }) as Promise<Ack<{
        revision: number;
      }> | null>;
    case 'clear':
      return request('conversation:clear', { conversationId, upToSeq: seq });
  }
}
