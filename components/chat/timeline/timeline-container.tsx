'use client';

import type { CSSProperties, ReactNode, Ref } from 'react';
import { useHydrated } from '#components/ui/use-hydrated.ts';

type Props = { ref?: Ref<HTMLDivElement>; style: CSSProperties; children: ReactNode };

/**
 * The box of the virtual list's rows. In the server's HTML the rows are in normal flow, so the box is
 * as tall as they are, and not as tall as the list estimates.
 */
export function TimelineContainer({ ref, style, children }: Props) {
  const isHydrated = useHydrated();
  return (
    <div ref={ref} style={isHydrated ? style : { ...style, contain: 'style', height: 'auto' }}>
      {children}
    </div>
  );
}
