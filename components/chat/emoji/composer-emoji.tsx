'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { useEntry } from '#lib/chat-client/index.ts';
import { isTouchDevice } from '../composer/composer-box.ts';
import type { ChosenBy } from './picker/emoji-grid.tsx';
import { EmojiPicker } from './picker/emoji-picker.tsx';
import { replaceRange } from './replace-range.ts';
import { ShortcodeList } from './shortcodes/shortcode-list.tsx';
import { useShortcodes } from './shortcodes/use-shortcodes.ts';
import { useDismiss } from './use-dismiss.ts';

type Props = {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  /** What holds the box, its buttons and this. */
  frame: RefObject<HTMLElement | null>;
  isPicking: boolean;
  onClose: () => void;
};

/** What puts emoji into the composer: the picker, and what completes shortcodes. Loaded when the page is idle, or wanted. */
export function ComposerEmoji({ conversationId, box, frame, isPicking, onClose }: Props) {
  const entry = useEntry(conversationId);
  const viewerId = entry?.cursors.find(({ userId }) => userId !== entry.partner.userId)?.userId ?? '';
  const shortcodes = useShortcodes({ box, viewerId });
  const endComposition = useEndComposition(box);

  const close = (isBack: boolean) => {
    onClose();
    // On a touch screen the keyboard would come with the focus.
    if (isBack && !isTouchDevice()) box.current?.focus({ preventScroll: true });
  };
  useDismiss({ owner: frame, isListening: isPicking, onClose: close });
  // On a phone the keyboard takes the place of the picker.
  useEffect(() => {
    const element = box.current;
    if (!isPicking || !element || !isTouchDevice()) return;
    element.addEventListener('focus', onClose);
    return () => element.removeEventListener('focus', onClose);
  }, [isPicking, box, onClose]);

  const choose = (char: string, by: ChosenBy) => {
    const element = box.current;
    if (!element) return;
    const focused = document.activeElement as HTMLElement | null;
    endComposition();
    replaceRange(element, element.selectionStart, element.selectionEnd, char);
    if (by === 'enter') close(true);
    else if (by === 'shift-enter') focused?.focus({ preventScroll: true });
  };

  return (
    <>
      {isPicking && (
        <EmojiPicker
          viewerId={viewerId}
          onChoose={choose}
          onClose={() => close(true)}
          className="h-80 max-sm:mt-2 max-sm:-mb-3 max-sm:min-h-36 max-sm:-mx-3 max-sm:border-t sm:absolute sm:right-0 sm:bottom-full sm:z-30 sm:mb-2 sm:h-96 sm:max-h-[calc(100dvh-11rem)] sm:w-90 sm:overflow-clip sm:rounded-card sm:border sm:shadow-float sm:animate-rise"
        />
      )}
      {shortcodes.open && <ShortcodeList open={shortcodes.open} onChoose={shortcodes.choose} />}
    </>
  );
}

/** Makes the function that ends what an input method is composing in the box, so that an emoji comes behind it. */
function useEndComposition(box: RefObject<HTMLTextAreaElement | null>): () => void {
  const isComposing = useRef(false);
  useEffect(() => {
    const element = box.current;
    const listening = new AbortController();
    const note = ({ type }: Event) => {
      isComposing.current = type === 'compositionstart';
    };
    element?.addEventListener('compositionstart', note, { signal: listening.signal });
    element?.addEventListener('compositionend', note, { signal: listening.signal });
    return () => listening.abort();
  }, [box]);
  return () => {
    if (isComposing.current) box.current?.blur();
  };
}
