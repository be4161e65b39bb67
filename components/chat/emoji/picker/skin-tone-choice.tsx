'use client';

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { SKIN_TONES, type SkinTone } from '#lib/text/emoji/skin-tone.ts';

type Props = { tone: SkinTone | null; onChoose: (tone: SkinTone | null) => void };

const HAND = '✋';
const CHOICES = [null, ...SKIN_TONES] as const;
const NAMES = ['none', 'light', 'mediumLight', 'medium', 'mediumDark', 'dark'] as const;

/** A hand in the skin tone of all emoji with skin; a press offers the others. */
export function SkinToneChoice({ tone, onChoose }: Props) {
  const t = useTranslations('chat.emoji.tones');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (chosen: SkinTone | null) => {
    setOpen(false);
    onChoose(chosen);
    button.current?.focus({ preventScroll: true });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is told of the buttons in it.
    <div
      className="shrink-0"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        aria-label={t('label')}
        title={t('label')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex size-11 items-center justify-center rounded-full text-xl hover:bg-wash active:bg-press"
      >
        {HAND}
        {tone}
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
        <div
          role="group"
          aria-label={t('label')}
          // Safari takes the focus away from a button that is pressed, and the choice would be gone before the click.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute top-full right-2 z-20 flex rounded-full border border-line bg-raised p-0.5 shadow-float animate-fade"
        >
          {CHOICES.map((choice, index) => (
            <button
              key={NAMES[index]}
              type="button"
              // biome-ignore lint/a11y/noAutofocus: the choice was asked for.
              autoFocus={choice === tone}
              aria-label={t(NAMES[index] ?? 'none')}
              aria-pressed={choice === tone}
              onClick={() => choose(choice)}
              className={cn(
                'inline-flex size-10 items-center justify-center rounded-full text-xl hover:bg-wash pointer-coarse:size-11',
                choice === tone && 'bg-persimmon-soft',
              )}
            >
              {HAND}
              {choice}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
