'use client';

import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { toLoginPath } from '#lib/auth/login/next-path.ts';
import type { ConversationEntry } from '../chat/types.ts';
import { createChatClient } from './client.ts';
import { ChatContext } from './hooks.ts';
import type { Viewer } from './types.ts';

/** Logging out in this tab also ends the session; its own navigation is to win. */
const LEAVE_DELAY_MS = 2_000;

type Props = {
  viewer: Viewer;
  /** The first page of the viewer's list, newest first; the rest follows over the socket. */
  initialConversations: ConversationEntry[];
  /** Called once when the session is over. Unset: the browser goes to /login and comes back after. */
  onSessionEnded?: () => void;
  children: ReactNode;
};

/** Gives one live chat client per viewer to everything below; connects on mount, ends on unmount. */
export function ChatProvider(props: Props) {
  return <ViewerProvider key={props.viewer.userId} {...props} />;
}

function ViewerProvider({ viewer, initialConversations, onSessionEnded, children }: Props) {
  const [client] = useState(() => createChatClient({ viewer, initialConversations }));
  const endSession = useEffectEvent(() => (onSessionEnded ?? goToLogin)());
  useEffect(() => {
    let timer: number | undefined;
    const stop = client.start(() => {
      timer = window.setTimeout(endSession, LEAVE_DELAY_MS);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [client]);
  return <ChatContext value={client}>{children}</ChatContext>;
}

function goToLogin(): void {
  const { pathname, search } = window.location;
  window.location.assign(toLoginPath(pathname + search));
}
