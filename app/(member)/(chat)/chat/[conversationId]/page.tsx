import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { ConversationPane } from '#components/chat/conversation-pane.tsx';
import { parseTargetSeq } from '#components/chat/target-seq.ts';
import { requireUser } from '#lib/auth/current-user.ts';
import { loadEntry, loadRoom } from './load-room.ts';
import { roomActions } from './room-actions.ts';

type Props = {
  params: Promise<{ conversationId: string }>;
  searchParams: Promise<{ m?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { userId } = await requireUser();
  const entry = await loadEntry(userId, (await params).conversationId);
  return { title: { absolute: entry ? `Dandul · ${entry.partner.username}` : 'Dandul' } };
}

export default async function ConversationPage({ params, searchParams }: Props) {
  const { userId } = await requireUser();
  const entry = await loadEntry(userId, (await params).conversationId);
  const room = entry && (await loadRoom(userId, entry, parseTargetSeq((await searchParams).m)));
  if (!room) notFound();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return <ConversationPane initial={room} actions={roomActions} nonce={nonce} />;
}
