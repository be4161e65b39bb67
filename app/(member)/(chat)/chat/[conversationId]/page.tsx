import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { ConversationPane } from '#components/chat/conversation/conversation-pane.tsx';
import { parseTargetSeq } from '#components/chat/conversation/target-seq.ts';
import { titleOf } from '#components/chat/frame/title-of.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { conversationActions } from './conversation-actions.ts';
import { loadConversation, loadEntry } from './load-conversation.ts';

type Props = {
  params: Promise<{ conversationId: string }>;
  searchParams: Promise<{ m?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { userId } = await requireUser();
  const entry = await loadEntry(userId, (await params).conversationId);
  const app = (await getT('common'))('appName');
  return { title: { absolute: titleOf(app, entry?.partner.username ?? null) } };
}

export default async function ConversationPage({ params, searchParams }: Props) {
  const { userId } = await requireUser();
  const entry = await loadEntry(userId, (await params).conversationId);
  const conversation =
    entry && (await loadConversation(userId, entry, parseTargetSeq((await searchParams).m)));
  if (!conversation) notFound();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return <ConversationPane initial={conversation} actions={conversationActions} nonce={nonce} />;
}
