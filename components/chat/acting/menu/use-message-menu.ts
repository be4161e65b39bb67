'use client';

import { useState } from 'react';
import type { ConversationEntry, Message } from '#lib/chat/types.ts';
import { isEditable, useChat } from '#lib/chat-client/index.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { noteEmoji } from '../../emoji/recent-emoji.ts';
import { isForwarded } from '../../message/forwarded-line.tsx';
import type { AskedDeletion } from '../outcome/use-deletion.ts';
import { copyText } from './copy-text.ts';
import type { MenuChoices } from './message-menu-items.tsx';

type Options = {
  entry: ConversationEntry;
  focusComposer: () => void;
  onDetails: (seq: number) => void;
  onRemove: (asked: AskedDeletion) => void;
  onForward: (seqs: readonly number[]) => void;
  onSelect: (seq: number) => void;
};

/** Whether the last copy was made, for as long as it is said; null when there is nothing to say. */
export type Copied = { isDone: boolean | null; forget: () => void };

/** What can be done with each message now. */
export function useMessageMenu(options: Options) {
  const { entry, focusComposer, onDetails, onRemove, onForward, onSelect } = options;
  const chat = useChat();
  const { conversationId, partner, blocked, cursors } = entry;
  const viewerId = cursors.find(({ userId }) => userId !== partner.userId)?.userId ?? '';
  const [isCopied, setIsCopied] = useState<boolean | null>(null);

  const copyAll = (text: string) => void copyText(text).then(setIsCopied);
  /** What a block ends: whatever the partner would see. */
  const getAnswers = ({ seq, pinnedAt }: Message, canEdit: boolean): Partial<MenuChoices> => ({
    reply() {
      chat.startReply(conversationId, seq);
      focusComposer();
    },
    react(emoji, on) {
      if (on) noteEmoji(viewerId, emoji);
      chat.react(conversationId, seq, emoji, on);
    },
    pin: { isOn: pinnedAt !== undefined, toggle: () => chat.pin(conversationId, seq, !pinnedAt) },
    ...(canEdit && {
      async edit() {
        const started = chat.startEdit(conversationId, seq);
        // A phone shows its keyboard in the same breath as the press, or not at all.
        if (started === true || (await started)) focusComposer();
      },
    }),
  });
  const getChoices = (item: TimelineItem): MenuChoices => {
    const copy = () => copyAll(item.body);
    if (item.seq === null) {
      const { clientId, isUntried } = item.message;
      const edit = async () => {
        if (await chat.editUnsent(conversationId, clientId)) focusComposer();
      };
      const isOwnText = isUntried && !isForwarded(item);
      return { copy, ...(isOwnText && { edit }) };
    }
    const { seq, message, isMine, isStarred } = item;
    const isDeleted = item.kind === 'deleted';
    const remove = () => onRemove({ seqs: [seq], canBoth: isMine && !isDeleted });
    if (isDeleted) return { remove };
    return {
      copy,
      // The server copies the text, so it must have it.
      ...(!item.isChanging && { forward: () => onForward([seq]) }),
      star: { isOn: isStarred, toggle: () => chat.star(conversationId, seq, !isStarred) },
      select: () => onSelect(seq),
      details: () => onDetails(seq),
      ...(!blocked && getAnswers(message, isEditable(message, viewerId))),
      remove,
    };
  };
  const copied: Copied = { isDone: isCopied, forget: () => setIsCopied(null) };
  return { getChoices, copy: copyAll, copied, viewerId };
}
