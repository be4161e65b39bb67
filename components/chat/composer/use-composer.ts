'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { MAX_BODY_LENGTH } from '#lib/chat/sizes.ts';
import { useChat } from '#lib/chat-client/index.ts';
import { growToFit, measure } from './composer-box.ts';
import { useComposition } from './use-composition.ts';
import { useDraftInBox } from './use-draft-in-box.ts';

type Options = {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  onSent: () => void;
};

/** The composer's behaviour: what stands in the box is the draft, and goes by Enter or the button. */
export function useComposer({ conversationId, box, onSent }: Options) {
  const chat = useChat();
  const { length, isAbout, follow } = useDraftInBox({ conversationId, box });
  const composition = useComposition(box, () => {
    const element = box.current;
    if (!element) return;
    const size = measure(element.value);
    if (size === 0 || size > MAX_BODY_LENGTH) return follow();
    follow();
    const draft = chat.getDraft(conversationId);
    if (chat.send(conversationId, draft) === null) return;
    // Empty, or what stood there before an edit.
    element.value = chat.getDraft(conversationId).text;
    growToFit(element);
    follow();
    if (!draft.editOf) onSent();
  });
  return {
    ...composition,
    onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
      composition.onKeyDown(event);
      const { key, altKey, ctrlKey, metaKey, shiftKey, nativeEvent, currentTarget } = event;
      if (nativeEvent.isComposing || altKey || ctrlKey || metaKey || shiftKey) return;
      const { editOf, replyToSeq } = chat.getDraft(conversationId);
      if (key === 'Escape' && editOf) chat.cancelEdit(conversationId);
      else if (key === 'Escape' && replyToSeq) chat.cancelReply(conversationId);
      else if (key !== 'ArrowUp' || currentTarget.value !== '' || !chat.editNewest(conversationId)) return;
      event.preventDefault();
    },
    length,
    isAbout,
    onInput() {
      if (box.current) growToFit(box.current);
      follow();
      if (measure(box.current?.value ?? '') > 0) chat.setTyping(conversationId);
      else chat.stopTyping(conversationId);
    },
  };
}
