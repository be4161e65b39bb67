import { cn } from './cn.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'sm' | 'narrow';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-persimmon text-on-persimmon hover:bg-persimmon-deep active:bg-persimmon-deep',
  secondary: 'bg-raised text-ink border border-edge hover:bg-wash active:bg-press',
  ghost: 'bg-transparent text-ink hover:bg-wash active:bg-press',
  quiet: 'bg-transparent text-muted hover:bg-wash hover:text-ink active:bg-press',
  danger: 'bg-danger text-on-danger hover:bg-danger-deep active:bg-danger-deep',
};

// 36 px tall where a mouse points, 44 px where a finger may; `narrow` is one that shows an icon on a phone.
const small =
  'min-h-9 text-sm max-sm:min-h-11 max-sm:min-w-11 pointer-coarse:min-h-11 pointer-coarse:min-w-11';
const sizes: Record<ButtonSize, string> = {
  md: 'min-h-11 px-5 text-body',
  sm: `${small} px-3.5`,
  narrow: `${small} px-2.5 sm:px-3.5`,
};

/** The look shared by buttons and by links that act like one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return cn(
    'relative inline-flex items-center justify-center gap-2 rounded-control font-semibold text-center no-underline select-none',
    'transition-[background-color,color,border-color,transform] active:scale-[0.985]',
    'disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-70 aria-disabled:cursor-default',
    variants[variant],
    sizes[size],
    className,
  );
}
