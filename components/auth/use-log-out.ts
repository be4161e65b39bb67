'use client';

import { useState, useTransition } from 'react';
import { type Loss, readLoss } from '#components/ui/use-guarded-action.ts';
import { useChat, useUnsentCounter } from '#lib/chat-client/index.ts';
import type { LeaveDialog } from './leave-dialog.tsx';

export type LogOutAction = (form: FormData) => Promise<void>;

/**
 * The way out: the server ends the session, then what the account left on this device goes, and a whole
 * load of the login page lets go of everything in memory. Without the server nothing happens.
 */
export function useLogOut(action: LogOutAction) {
  const chat = useChat();
  const countUnsent = useUnsentCounter();
  /** What asks, from the first time on, and what would be lost; `unsent` is 0 while nothing is asked. */
  const [question, setQuestion] = useState<{ unsent: number; Dialog: typeof LeaveDialog } | null>(null);
  // It stays in the page, so that the browser gives the focus back when it closes.
  const close = () => setQuestion((asked) => asked && { ...asked, unsent: 0 });
  const [loss, setLoss] = useState<Loss | null>(null);
  const [isPending, startTransition] = useTransition();

  const leave = () => {
    close();
    setLoss(null);
    startTransition(async () => {
      const form = new FormData();
      form.set('scripted', 'true');
      chat.setLeaving(true);
      try {
        await action(form);
      } catch (error) {
        chat.setLeaving(false);
        setLoss(readLoss(error));
        return;
      }
      await chat.forget();
      window.location.replace('/login');
    });
  };

  return {
    question,
    loss,
    isPending,
    leave,
    ask() {
      const unsent = countUnsent();
      if (unsent === 0) return leave();
      // Without a connection there is no log-out either.
      import('./leave-dialog.tsx').then(
        ({ LeaveDialog: Dialog }) => setQuestion({ unsent, Dialog }),
        () => setLoss('unreachable'),
      );
    },
    cancel: close,
  };
}
