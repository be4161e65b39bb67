import { headers } from 'next/headers';
import { parseConversationId } from '#components/chat/conversation/conversation-id.ts';
import { ConversationPane } from '#components/chat/conversation/conversation-pane.tsx';
import { conversationActions } from './conversation-actions.ts';

/** Says that there is no such conversation, and still follows the address to a conversation that exists. */
export default async function ConversationNotFound() {
  const path = (await headers()).get('x-dandul-path') ?? '';
  const missingId = parseConversationId(path.split('?')[0] ?? '') ?? undefined;
  return <ConversationPane missingId={missingId} actions={conversationActions} />;
}
