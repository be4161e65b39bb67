'use client';

import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { UNDO_SECONDS } from '#lib/chat/sizes.ts';
import { type Notice, useChat } from '#lib/chat-client/index.ts';
import { findStop } from '../find-stop.ts';
import type { Copied } from '../menu/use-message-menu.ts';
import { NoticeLine } from './notice-line.tsx';
import { PassingStatus } from './passing-status.tsx';
import type { Deletion } from './use-deletion.ts';

/** How long it is said that something was done which cannot be undone (ms). */
const SAID_MS = 2_000;

type Props = {
  root: RefObject<HTMLElement | null>;
  conversationId: string;
  notice: Notice | null;
  copied: Copied;
  deletion: Deletion;
};

/** What came of the last thing that was done: a refusal, a copy, a deletion that can be undone. */
export function OutcomeStatus({ root, conversationId, notice, copied, deletion }: Props) {
  const t = useTranslations('chat');
  const chat = useChat();
  const { done, undo, forget } = deletion;
  const describeDeletion = ({ seqs, canUndo }: { seqs: readonly number[]; canUndo: boolean }) => {
    if (!canUndo) return t('delete.doneMe');
    return seqs.length > 1 ? t('delete.doneMany', { count: seqs.length }) : t('delete.done');
  };
  return (
    <>
      {notice && <NoticeLine notice={notice} onDismiss={() => chat.dismissNotice(conversationId)} />}
      {copied.isDone !== null && (
        <PassingStatus lasts={SAID_MS} onOver={copied.forget}>
          {t(copied.isDone ? 'act.copied' : 'act.notCopied')}
        </PassingStatus>
      )}
      {done && (
        <PassingStatus
          key={done.seqs.join()}
          lasts={done.canUndo ? UNDO_SECONDS * 1000 : SAID_MS}
          onOver={forget}
          action={done.canUndo ? { label: t('delete.undo'), run: undo } : undefined}
          findHome={() => findStop(root.current, done.seqs.at(-1))}
        >
          {describeDeletion(done)}
        </PassingStatus>
      )}
    </>
  );
}
