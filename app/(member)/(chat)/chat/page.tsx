import type { Metadata } from 'next';
import { LateConversationPane } from '#components/chat/conversation/late-conversation-pane.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { conversationActions } from './[conversationId]/conversation-actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getT('common'))('appName') } };
}

export default async function ChatPage() {
  await requireUser();
  return <LateConversationPane actions={conversationActions} />;
}
