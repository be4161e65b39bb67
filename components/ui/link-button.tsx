import type { ComponentProps } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts';
import { PageLink } from './page-link.tsx';

type Props = ComponentProps<typeof PageLink> & { variant?: ButtonVariant; size?: ButtonSize };

/** A link that looks like a button. */
export function LinkButton({ variant = 'primary', size = 'md', className, ...rest }: Props) {
  return <PageLink {...rest} className={buttonStyle(variant, size, className)} />;
}
