import type { Metadata } from 'next';
import { ConversationPane } from '#components/chat/conversation/conversation-pane.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { conversationActions } from './[conversationId]/conversation-actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getT('common'))('appName') } };
}

export default async function ChatPage() {
  await requireUser();
  return <ConversationPane actions={conversationActions} />;
}
