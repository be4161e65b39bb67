'use client';

import { isEditable, useChat } from '#lib/chat-client/index.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { copyText } from './copy-text.ts';
import type { MenuChoices } from './message-menu.tsx';
import { noteEmoji } from './recent-emoji.ts';

type Options = {
  conversationId: string;
  viewerId: string;
  isBlocked: boolean;
  focusComposer: () => void;
  onCopied: (isCopied: boolean) => void;
  onDetails: (seq: number) => void;
  onRemove: (seq: number) => void;
};

/** What can be done with each message now. */
export function useMessageMenu(options: Options): (item: TimelineItem) => MenuChoices {
  const chat = useChat();
  const { conversationId, viewerId, isBlocked, focusComposer, onCopied, onDetails, onRemove } = options;
  return (item) => {
    const copy = () => void copyText(item.body).then(onCopied);
    if (item.seq === null) {
      const { clientId, isUntried } = item.message;
      const edit = async () => {
        if (await chat.editUnsent(conversationId, clientId)) focusComposer();
      };
      return { copy, ...(isUntried && { edit }) };
    }
    const { seq, message, isMine } = item;
    return {
      copy,
      details: () => onDetails(seq),
      ...(!isBlocked && {
        reply() {
          chat.startReply(conversationId, seq);
          focusComposer();
        },
        react(emoji: string, on: boolean) {
          if (on) noteEmoji(viewerId, emoji);
          chat.react(conversationId, seq, emoji, on);
        },
      }),
      ...(!isBlocked &&
        isEditable(message, viewerId) && {
          async edit() {
            const started = chat.startEdit(conversationId, seq);
            // A phone shows its keyboard in the same breath as the press, or not at all.
            if (started === true || (await started)) focusComposer();
          },
        }),
      ...(isMine && { remove: () => onRemove(seq) }),
    };
  };
}
