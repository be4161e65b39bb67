import type { ReactNode } from 'react';
import { KeepFresh } from '#components/chat/frame/keep-fresh.tsx';
import { PageTurnProvider } from '#components/chat/frame/page-turn.tsx';
import { TitleBadge } from '#components/chat/frame/title-badge.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { keepTimeZone } from '#lib/auth/time-zone.ts';
import { listConversations } from '#lib/chat/list-conversations.ts';
import { ChatProvider } from '#lib/chat-client/index.ts';

/** Conversations in the server's first HTML; the rest follow over the socket. */
const FIRST_CONVERSATIONS = 50;

/** Every page of a signed-in person keeps the live connection, so waiting messages are sent from any of them. */
export default async function MemberLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const { userId, username } = user;
  await keepTimeZone(user);
  const { conversations } = await listConversations({ viewerId: userId, limit: FIRST_CONVERSATIONS });
  return (
    <ChatProvider viewer={{ userId, username }} initialConversations={conversations}>
      <KeepFresh />
      <TitleBadge />
      <PageTurnProvider>{children}</PageTurnProvider>
    </ChatProvider>
  );
}
