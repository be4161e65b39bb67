import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { iconLook } from './icon-button.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

/** A link that looks like an IconButton. `label` is its accessible name and tooltip. */
export function IconLink({
  label,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & { label: string }) {
  return (
    <Link
      title={label}
      {...rest}
      className={cn(iconLook, 'aria-[current=page]:bg-wash aria-[current=page]:text-ink', className)}
    >
      {children}
      <VisuallyHidden>{label}</VisuallyHidden>
    </Link>
  );
}
