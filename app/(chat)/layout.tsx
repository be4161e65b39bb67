import type { ReactNode } from 'react';
import { logOut } from '#app/(auth)/actions.ts';
import { LogOutButton } from '#components/auth/log-out-button.tsx';
import { ChatShell } from '#components/chat/chat-shell.tsx';
import { requireUser } from '#lib/auth/current-user.ts';
import { findMailTrouble } from '#lib/auth/mail-trouble.ts';
import { listConversations } from '#lib/chat/list-conversations.ts';
import { ChatProvider } from '#lib/chat-client/index.ts';

/** Rooms in the server's first HTML; the rest follow over the socket. */
const FIRST_ROOMS = 50;

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const { userId, username } = user;
  const { conversations } = await listConversations({ viewerId: userId, limit: FIRST_ROOMS });
  return (
    <ChatProvider viewer={{ userId, username }} initialConversations={conversations}>
      <ChatShell logOut={<LogOutButton action={logOut} />} mailTrouble={findMailTrouble(user)}>
        {children}
      </ChatShell>
    </ChatProvider>
  );
}
