'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';

type Props = {
  /** How long it is said (ms). */
  lasts: number;
  onOver: () => void;
  action?: { label: string; run: () => void };
  children: ReactNode;
};

/** Says for a moment what was just done, with a way to take it back. */
export function PassingStatus({ lasts, onOver, action, children }: Props) {
  const button = useRef<HTMLDivElement>(null);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    const timer = setTimeout(() => over.current(), lasts);
    return () => clearTimeout(timer);
  }, [lasts]);
  useEffect(() => {
    // What had the focus may be gone with the message.
    const { activeElement, body } = document;
    if (activeElement === body) button.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={button} className="absolute inset-x-3 bottom-3 z-20 mx-auto w-fit animate-rise">
      <Banner
        tone="info"
        className="shadow-float"
        action={
          action && (
            <Button variant="secondary" size="sm" onClick={action.run}>
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
