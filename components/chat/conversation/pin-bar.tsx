'use client';

import { List, Pin as PinIcon } from 'lucide';
import { memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Partner, Pin } from '#lib/chat/types.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import type { Asked } from '../message/asked.ts';
import { PinnedBy } from '../message/pinned-by.tsx';
import { useHeldPlace } from './use-held-place.ts';

type Props = {
  /** What holds the bar and the timeline. */
  root: RefObject<HTMLElement | null>;
  pins: readonly Pin[];
  partner: Partner;
  onAsk: (asked: Asked) => void;
};

/** One of the pinned messages, first the newest pin: a press goes there, and the bar to the next older one. */
export const PinBar = memo(function PinBar({ root, pins, partner, onAsk }: Props) {
  const t = useTranslations('chat.pins');
  const say = useTranslations('chat.timeline');
  const bar = useHeldPlace(root, pins.length > 0);
  const { pin, place, stepOn } = useStep(pins);
  const focusEvents = useFocusAfterwards(root, pin !== undefined);
  if (!pin) return null;
  const go = () => {
    onAsk({ what: 'pin', seq: pin.seq });
    stepOn();
  };
  return (
    <section
      ref={bar}
      aria-label={t('label')}
      {...focusEvents}
      className="flex h-11 shrink-0 items-center border-b border-line pr-1 text-sm md:pr-3"
    >
      <button
        type="button"
        onClick={go}
        className="flex h-full min-w-0 flex-1 items-center gap-2 px-3 text-left -outline-offset-2 hover:bg-wash active:bg-press md:pl-5"
      >
        <Icon of={PinIcon} className="size-4 shrink-0 text-muted" />
        <span className="sr-only">{t('go')} </span>
        <span className="min-w-0 flex-1 truncate">{toPlainText(pin, say)}</span>
        <PinnedBy
          pin={pin}
          partner={partner}
          className="max-sm:sr-only shrink-0 text-xs text-muted [&_bdi]:inline-block [&_bdi]:max-w-40 [&_bdi]:truncate [&_bdi]:align-bottom"
        />
        {pins.length > 1 && (
          <>
            <span aria-hidden className="shrink-0 text-xs text-muted tabular-nums">
              {place.place}/{place.count}
            </span>
            <span className="sr-only">{t('position', place)}</span>
          </>
        )}
      </button>
      <IconButton label={t('all')} aria-haspopup="dialog" onClick={() => onAsk({ what: 'pins' })}>
        <Icon of={List} />
      </IconButton>
    </section>
  );
});

/** Which of the pins is shown, and the step to the next older one; a newer pin is shown whatever was stepped to. */
function useStep(pins: readonly Pin[]) {
  const [next, setNext] = useState<{ seq: number | undefined; newest: number | undefined }>();
  const newest = pins[0]?.seq;
  const found = next?.newest === newest ? pins.findIndex(({ seq }) => seq === next?.seq) : 0;
  const index = Math.max(0, found);
  return {
    pin: pins[index],
    place: { place: index + 1, count: pins.length },
    stepOn: () => setNext({ seq: pins[(index + 1) % pins.length]?.seq, newest }),
  };
}

/** Gives the focus to the timeline when the bar goes with the focus in it. */
function useFocusAfterwards(root: RefObject<HTMLElement | null>, isShown: boolean) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (isShown || !hasFocus.current) return;
    hasFocus.current = false;
    root.current?.querySelector<HTMLElement>('[role=log]')?.focus({ preventScroll: true });
  }, [isShown, root]);
  return {
    onFocus() {
      hasFocus.current = true;
    },
    onBlur() {
      hasFocus.current = false;
    },
  };
}
