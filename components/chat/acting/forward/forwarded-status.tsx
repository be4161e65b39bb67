'use client';

import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { showEnd } from '../../conversation/conversation-end.ts';
import { Name } from '../../name.tsx';
import { findStop } from '../find-stop.ts';
import { PassingStatus } from '../outcome/passing-status.tsx';
import type { Forwarding } from './use-forwarding.ts';

/** How long it is said where messages went, with the way there (ms). */
const SAID_MS = 5_000;

type Props = { root: RefObject<HTMLElement | null>; conversationId: string; forwarding: Forwarding };

/** Says to whom messages were forwarded; where that is one person, with a way to open the conversation. */
export function ForwardedStatus({ root, conversationId, forwarding }: Props) {
  const t = useTranslations('chat.forward');
  const { done, forget } = forwarding;
  const target = done?.targets[0];
  if (!done || !target) return null;
  const { length: count } = done.targets;
  const open = () => {
    const path = `/chat/${target.conversationId}`;
    forget();
    if (target.conversationId === conversationId) showEnd(path);
    else window.history.pushState(null, '', path);
  };
  const name = () => <Name>{target.username}</Name>;
  return (
    <PassingStatus
      lasts={SAID_MS}
      onOver={forget}
      findHome={() => findStop(root.current, done.seqs.at(-1))}
      action={count === 1 ? { label: t('open'), run: open } : undefined}
    >
      {count === 1
        ? t.rich(done.isWaiting ? 'waiting' : 'done', { name })
        : t(done.isWaiting ? 'waitingMany' : 'doneMany', { count })}
      {done.isPartial && ` ${t('partial')}`}
    </PassingStatus>
  );
}
