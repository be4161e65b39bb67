'use client';

import { Reply } from 'lucide';
import type { Ref } from 'react';
import { Icon } from '#components/ui/icon.tsx';

/** The sign beside a message that is swiped; it fills when letting go begins a reply. */
export function SwipeSign({ ref }: { ref: Ref<HTMLDivElement> }) {
  return (
    <div
      ref={ref}
      hidden
      aria-hidden
      className="pointer-events-none fixed z-10 inline-flex size-8 items-center justify-center rounded-full bg-wash text-muted transition-[background-color,color] data-reply:bg-persimmon data-reply:text-on-persimmon [&[hidden]]:hidden"
    >
      <Icon of={Reply} className="size-4" />
    </div>
  );
}
