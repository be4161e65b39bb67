'use client';

import type { RefObject } from 'react';
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
  const { length, follow } = useDraftInBox({ conversationId, box });
  const composition = useComposition(box, () => {
    const element = box.current;
    if (!element) return;
    const size = measure(element.value);
    if (size === 0 || size > MAX_BODY_LENGTH) return follow();
    const draft = { ...chat.getDraft(conversationId), text: element.value };
    if (chat.send(conversationId, draft) === null) return;
    element.value = '';
    growToFit(element);
    follow();
    onSent();
  });
  return {
    ...composition,
    length,
    onInput() {
      if (box.current) growToFit(box.current);
      follow();
      if (measure(box.current?.value ?? '') > 0) chat.setTyping(conversationId);
      else chat.stopTyping(conversationId);
    },
  };
}
