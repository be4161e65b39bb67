import { headers } from 'next/headers';
import { ConversationPane } from '#components/chat/conversation-pane.tsx';
import { parseRoomId } from '#components/chat/room-id.ts';
import { roomActions } from './room-actions.ts';

/** Says that there is no such room, and still follows the address to one that there is. */
export default async function ConversationNotFound() {
  const path = (await headers()).get('x-dandul-path') ?? '';
  const missingId = parseRoomId(path.split('?')[0] ?? '') ?? undefined;
  return <ConversationPane missingId={missingId} actions={roomActions} />;
}
