'use client';

import { memo, useCallback, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { usePart } from '#components/ui/use-part.ts';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { MAX_BODY_LENGTH } from '#lib/chat/sizes.ts';
import { useKeyboardArrival } from '../conversation/use-keyboard-arrival.ts';
import { EmojiButton, SendButton } from './composer-buttons.tsx';
import { useComposer } from './use-composer.ts';

/** The count is shown from so few characters left. */
const COUNT_FROM = 200;

type Props = { conversationId: string; isHidden: boolean; onSent: () => void };

const composerLook =
  'relative px-3 pt-1 before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-4 before:bg-linear-to-t before:from-paper pb-[max(--spacing(3),env(safe-area-inset-bottom))] sm:px-5';

/** On a phone the picker stands below the field, and shrinks where a keyboard leaves little room. */
const pickingLook = 'max-sm:flex max-sm:min-h-0 max-sm:flex-col sm:shrink-0';

/** From the first look at a conversation (ms) to the loading of what chooses and completes emoji. */
const LOAD_EMOJI_AFTER_MS = 3_000;

const loadEmoji = () => import('../emoji/composer-emoji.tsx').then((part) => part.ComposerEmoji);
const loadTray = () => import('./composer-tray.tsx').then((part) => part.ComposerTray);

/** One rounded field that grows to its `max-h`, with the buttons for emoji and sending inside. */
export const Composer = memo(function Composer({ conversationId, isHidden, onSent }: Props) {
  const t = useTranslations('chat.composer');
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const [isPicking, setPicking] = useState(false);
  const endPicking = useCallback(() => setPicking(false), []);
  const noteId = useId();
  const composer = useComposer({ conversationId, box, onSent });
  // The box has the focus nearly always: its frame says so only to who moves by the keyboard.
  const arrival = useKeyboardArrival();
  const Emoji = usePart(loadEmoji, isPicking, LOAD_EMOJI_AFTER_MS);
  const Tray = usePart(loadTray, composer.isAbout);
  const left = MAX_BODY_LENGTH - composer.length;
  const isTooLong = left < 0;
  return (
    <div ref={frame} hidden={isHidden} className={cn(composerLook, isPicking ? pickingLook : 'shrink-0')}>
      <div className={cn('relative mx-auto w-full max-w-170', isPicking && pickingLook)}>
        {/* Said once when the limit is passed; the count beside it changes with every key. */}
        <VisuallyHidden role="alert">{isTooLong && t('limit', { max: MAX_BODY_LENGTH })}</VisuallyHidden>
        {left <= COUNT_FROM && (
          <p
            id={noteId}
            className={cn(
              'px-4 pb-1.5 text-sm break-keep tabular-nums',
              isTooLong ? 'text-danger' : 'text-muted',
            )}
          >
            {isTooLong ? t('tooLong', { max: MAX_BODY_LENGTH, over: -left }) : t('left', { count: left })}
          </p>
        )}
        <div
          className={cn(
            'flex shrink-0 flex-wrap items-end rounded-[1.5rem] border bg-raised transition-colors',
            isTooLong ? 'border-danger' : arrival.isByKeyboard ? 'border-celadon' : 'border-edge',
            arrival.isByKeyboard && 'ring-1 ring-celadon',
          )}
        >
          {composer.isAbout && Tray && (
            <Tray conversationId={conversationId} onCancelled={() => box.current?.focus()} />
          )}
          <textarea
            ref={box}
            rows={1}
            // What is in it is a draft: a reload brings it back.
            data-kept
            aria-label={t('label')}
            aria-invalid={isTooLong || undefined}
            aria-describedby={left <= COUNT_FROM ? noteId : undefined}
            placeholder={t('placeholder')}
            enterKeyHint="enter"
            autoComplete="off"
            onFocus={arrival.onFocus}
            onBlur={arrival.onBlur}
            onInput={composer.onInput}
            onKeyDown={composer.onKeyDown}
            onCompositionStart={composer.onCompositionStart}
            onCompositionUpdate={composer.onCompositionUpdate}
            onCompositionEnd={composer.onCompositionEnd}
            className="field-sizing-content max-h-[calc(6lh+--spacing(5.5))] min-h-11.5 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent py-2.75 pl-4.5 text-base outline-hidden wrap-anywhere"
          />
          <EmojiButton box={box} isPicking={isPicking} onChange={setPicking} />
          <SendButton isDisabled={composer.length === 0 || isTooLong} onSend={composer.send} />
        </div>
        {Emoji && (
          <Emoji
            conversationId={conversationId}
            box={box}
            frame={frame}
            isPicking={isPicking}
            onClose={endPicking}
          />
        )}
      </div>
    </div>
  );
});
