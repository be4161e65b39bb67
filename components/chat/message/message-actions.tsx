'use client';

import type { ReactNode } from 'react';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { DetailsButton } from './details-button.tsx';
import { FailedNote } from './failed-note.tsx';
import { HeldNote } from './held-note.tsx';
import type { MessageActions } from './use-message-actions.ts';
import { WaitingNote } from './waiting-note.tsx';

type Props = { item: TimelineItem; actions: MessageActions };

/**
 * What can be done with a message of the log, in the line beside its bubble: one's own tells how far it has
 * come. `mark` is the sign that says so in short.
 */
export function ActionsBeside({ item, actions, mark }: Props & { mark: ReactNode }) {
  const { isMine, seq } = item;
  if (!isMine || seq === null) return mark;
  return <DetailsButton mark={mark} onOpen={() => actions.showDetails(seq)} />;
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
          onRetry={() => actions.retry(item)}
          onDiscard={() => actions.discard(item)}
        />
      );
    default:
      return null;
  }
}
