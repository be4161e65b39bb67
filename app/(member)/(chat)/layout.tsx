import type { ReactNode } from 'react';
import { logOut } from '#app/(auth)/actions.ts';
import { Texts } from '#app/texts.tsx';
import { LogOutButton } from '#components/auth/log-out-button.tsx';
import { ChatShell } from '#components/chat/frame/chat-shell.tsx';
import { findMailTrouble } from '#lib/auth/accounts/mail-trouble.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { muteConversation } from './chat/[conversationId]/actions.ts';

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  return (
    <Texts of={['common', 'auth', 'chat', 'search']}>
      <ChatShell
        logOut={<LogOutButton action={logOut} />}
        mailTrouble={findMailTrouble(user)}
        setMuted={muteConversation}
      >
        {children}
      </ChatShell>
    </Texts>
  );
}
