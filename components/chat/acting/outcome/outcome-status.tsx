'use client';

import { useTranslations } from 'use-intl';
import { UNDO_SECONDS } from '#lib/chat/sizes.ts';
import { type Notice, useChat } from '#lib/chat-client/index.ts';
import type { Copied } from '../menu/use-message-menu.ts';
import { NoticeLine } from './notice-line.tsx';
import { PassingStatus } from './passing-status.tsx';
import type { Deletion } from './use-deletion.ts';

/** How long it is said that a text was copied (ms). */
const COPIED_MS = 2_000;

type Props = { conversationId: string; notice: Notice | null; copied: Copied; deletion: Deletion };

/** What came of the last thing that was done: a refusal, a copy, a deletion that can be undone. */
export function OutcomeStatus({ conversationId, notice, copied, deletion }: Props) {
  const t = useTranslations('chat');
  const chat = useChat();
  const { deletedSeq, undo, endUndo } = deletion;
  return (
    <>
      {notice && <NoticeLine notice={notice} onDismiss={() => chat.dismissNotice(conversationId)} />}
      {copied.isDone !== null && (
        <PassingStatus lasts={COPIED_MS} onOver={copied.forget}>
          {t(copied.isDone ? 'act.copied' : 'act.notCopied')}
        </PassingStatus>
      )}
      {deletedSeq !== null && (
        <PassingStatus
          key={deletedSeq}
          lasts={UNDO_SECONDS * 1000}
          onOver={endUndo}
          action={{ label: t('delete.undo'), run: undo }}
        >
          {t('delete.done')}
        </PassingStatus>
      )}
    </>
  );
}
