import type { ReactNode } from 'react';
import { logOut } from '#app/(auth)/actions.ts';
import { LogOutButton } from '#components/auth/log-out-button.tsx';
import { ChatShell } from '#components/chat/chat-shell.tsx';

export default function ChatLayout({ children }: { children: ReactNode }) {
  return <ChatShell logOut={<LogOutButton action={logOut} />}>{children}</ChatShell>;
}
