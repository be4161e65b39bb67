import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { iconLook } from './icon-button.tsx';
import { PageLink } from './page-link.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

/** A link that looks like an IconButton. `label` is its accessible name and tooltip. */
export function IconLink({
  label,
  className,
  children,
  ...rest
}: ComponentProps<typeof PageLink> & { label: string }) {
  return (
    <PageLink title={label} {...rest} className={cn(iconLook, className)}>
      {children}
      <VisuallyHidden>{label}</VisuallyHidden>
    </PageLink>
  );
}
