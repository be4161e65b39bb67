'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { useFocusBack } from './use-focus-back.ts';

type Props = {
  /** How long it is said (ms). */
  lasts: number;
  onOver: () => void;
  action?: { label: string; run: () => void };
  /** Finds what takes the focus when this goes while it has it, and the focus came from nowhere else. */
  findHome?: () => HTMLElement | null | undefined;
  children: ReactNode;
};

/** Says for a moment what was just done, with a way to take it back. */
export function PassingStatus({ lasts, onOver, action, findHome, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const focus = useFocusBack(box, findHome);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    const timer = setTimeout(() => over.current(), lasts);
    return () => clearTimeout(timer);
  }, [lasts]);
  useEffect(() => {
    // What had the focus may be gone with the message.
    const { activeElement, body } = document;
    if (activeElement === body) box.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears where the focus of its button came from.
    <div ref={box} onFocus={focus.onFocus} className="w-fit animate-rise">
      <Banner
        tone="info"
        className="shadow-float"
        action={
          action && (
            <Button
              variant="secondary"
              size="sm"
              onClick={({ detail }) => {
                // By keyboard one goes on with what came back; a mouse leaves the focus where it was.
                if (detail === 0) focus.forget();
                action.run();
              }}
            >
              {action.label}
            </Button>
          )
        }
      >
        {children}
      </Banner>
    </div>
  );
}
