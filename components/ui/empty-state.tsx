import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props = {
  /** One of the drawings in art.tsx. */
  art: ReactNode;
  title: ReactNode;
  /** Heading level of the title on its page. */
  level?: 1 | 2 | 3;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** A drawing, a sentence and perhaps a way on, for a place with nothing in it. */
export function EmptyState({ art, title, level = 2, children, action, className }: Props) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn('flex flex-col items-center justify-center px-6 py-10 text-center', className)}>
      {art}
      <Heading className="mt-5 text-lg font-semibold">{title}</Heading>
      {children && (
        <div className="mt-1.5 max-w-xs text-body text-balance text-muted break-keep">{children}</div>
      )}
      {action && <div className="mt-6 flex flex-wrap items-center justify-center gap-2">{action}</div>}
    </div>
  );
}
