import type { ReactNode } from 'react';
import { TitleBadge } from '#components/chat/title-badge.tsx';
import { requireUser } from '#lib/auth/current-user.ts';
import { listConversations } from '#lib/chat/list-conversations.ts';
import { ChatProvider } from '#lib/chat-client/index.ts';

/** Rooms in the server's first HTML; the rest follow over the socket. */
const FIRST_ROOMS = 50;

/** Every page of a signed-in person keeps the live connection: what waits is sent from any of them. */
export default async function MemberLayout({ children }: { children: ReactNode }) {
  const { userId, username } = await requireUser();
  const { conversations } = await listConversations({ viewerId: userId, limit: FIRST_ROOMS });
  return (
    <ChatProvider viewer={{ userId, username }} initialConversations={conversations}>
      <TitleBadge />
      {children}
    </ChatProvider>
  );
}
