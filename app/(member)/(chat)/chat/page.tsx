import type { Metadata } from 'next';
import { ConversationPane } from '#components/chat/conversation-pane.tsx';
import { requireUser } from '#lib/auth/current-user.ts';
import { roomActions } from './[conversationId]/room-actions.ts';

export const metadata: Metadata = { title: { absolute: 'Dandul' } };

export default async function ChatPage() {
  await requireUser();
  return <ConversationPane actions={roomActions} />;
}
