import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

export const iconLook =
  'inline-flex size-11 shrink-0 items-center justify-center rounded-full text-muted transition-colors hover:bg-wash hover:text-ink active:bg-press active:text-ink disabled:opacity-50 disabled:pointer-events-none [&_svg]:size-5';

type Named = {
  /** What the control does; its accessible name and tooltip. */
  label: string;
};

/** A round 44 px button that shows only an icon. */
export function IconButton({
  label,
  className,
  children,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Named) {
  return (
    <button title={label} {...rest} type={type} className={cn(iconLook, className)}>
      {children}
      <VisuallyHidden>{label}</VisuallyHidden>
    </button>
  );
}
