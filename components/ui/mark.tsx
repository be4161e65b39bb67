import { cn } from './cn.ts';

/**
 * The logo: two rounded shapes that lean on each other, my voice in front. The same drawing as
 * app/icon.svg.
 */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" aria-hidden className={cn('size-8', className)}>
      <rect
        x="5"
        y="9"
        width="20"
        height="32"
        rx="10"
        transform="rotate(-14 15 41)"
        className="fill-persimmon"
      />
      <rect
        x="23"
        y="15"
        width="20"
        height="26"
        rx="10"
        transform="rotate(12 33 41)"
        className="fill-celadon"
      />
    </svg>
  );
}
