import type { ReactNode } from 'react';

/** Where what is said in passing stands, at the bottom of a pane: one above the other, none over another. */
export function StatusStack({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-3 bottom-3 z-20 flex flex-col items-center gap-2 *:pointer-events-auto">
      {children}
    </div>
  );
}
