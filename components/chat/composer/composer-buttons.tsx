'use client';

import { SendHorizontal, Smile } from 'lucide';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { isTouchDevice } from './composer-box.ts';

type EmojiButtonProps = {
  box: RefObject<HTMLTextAreaElement | null>;
  isPicking: boolean;
  onChange: (isPicking: boolean) => void;
};

/** Opens the picker of emoji, and closes it. */
export function EmojiButton({ box, isPicking, onChange }: EmojiButtonProps) {
  const t = useTranslations('chat.emoji');
  return (
    <button
      type="button"
      aria-label={t('button')}
      title={t('button')}
      aria-haspopup="dialog"
      aria-expanded={isPicking}
      onClick={() => {
        // A phone's keyboard makes room for the picker.
        if (isTouchDevice()) box.current?.blur();
        onChange(!isPicking);
      }}
      className="group m-px -mr-1.5 inline-flex size-11 shrink-0 items-center justify-center rounded-full text-muted"
    >
      <span className="inline-flex size-9 items-center justify-center rounded-full transition-colors group-hover:bg-wash group-hover:text-ink group-active:bg-press group-aria-expanded:bg-wash group-aria-expanded:text-ink">
        <Icon of={Smile} className="size-5" />
      </span>
    </button>
  );
}

/** Sends what stands in the box. */
export function SendButton({ isDisabled, onSend }: { isDisabled: boolean; onSend: () => void }) {
  const t = useTranslations('chat.composer');
  return (
    <button
      type="button"
      // The box keeps the focus, and with it a phone's keyboard stays.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSend}
      aria-disabled={isDisabled}
      aria-label={t('send')}
      title={t('send')}
      className="group m-px inline-flex size-11 shrink-0 items-center justify-center rounded-full"
    >
      <span className="inline-flex size-9 items-center justify-center rounded-full bg-persimmon text-on-persimmon transition-[background-color,color,scale] group-hover:bg-persimmon-deep group-active:scale-95 group-aria-disabled:bg-wash group-aria-disabled:text-muted">
        <Icon of={SendHorizontal} className="size-4.5" />
      </span>
    </button>
  );
}
