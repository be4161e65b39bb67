'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { FailedNote } from './failed-note.tsx';
import { HeldNote } from './held-note.tsx';
import type { MessageActions } from './use-message-actions.ts';
import { WaitingNote } from './waiting-note.tsx';

type Props = { item: TimelineItem; actions: MessageActions };

/** The sign in short of how far one's own message has come; pressed, it says so in full. */
export function ActionsBeside({ item, actions, mark }: Props & { mark: ReactNode }) {
  const label = useTranslations('chat.timeline')('details');
  const { seq } = item;
  if (!mark || seq === null) return mark;
  return (
    <button
      type="button"
      title={label}
      // The list of messages is one stop of Tab; arrows lead here.
      tabIndex={-1}
      onClick={() => actions.ask({ what: 'details', seq })}
      className="relative -m-1 inline-flex rounded-full p-1 select-none before:absolute before:-inset-1 hover:bg-wash active:bg-press pointer-coarse:before:-inset-2.5"
    >
      {mark}
      <span className="sr-only">{label}</span>
    </button>
  );
}

/** What stands under a message that is not sent: why, and what can be done about it. */
export function ActionsBelow({ item, actions }: Props) {
  switch (item.kind) {
    case 'sending': {
      const { isUntried, heldUntil } = item.message;
      return (
        <>
          {isUntried && <WaitingNote onTakeBack={() => actions.takeBack(item)} />}
          {heldUntil !== undefined && <HeldNote until={heldUntil} />}
        </>
      );
    }
    case 'failed':
      return (
        <FailedNote
          errorCode={item.errorCode}
          isForward={item.message.draft.forwardOf !== undefined}
          onRetry={() => actions.retry(item)}
          onDiscard={() => actions.discard(item)}
        />
      );
    default:
      return null;
  }
}
