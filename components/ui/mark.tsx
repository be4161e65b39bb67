import { cn } from './cn.ts';

/** The logo: two shapes that lean on each other, my voice in front. The same drawing as app/icon.svg. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" aria-hidden className={cn('size-8', className)}>
      <rect
        x="25"
        y="13"
        width="16"
        height="29"
        rx="8"
        transform="rotate(-20 33 42)"
        className="fill-celadon"
      />
      <rect
        x="7"
        y="4"
        width="18"
        height="39"
        rx="9"
        transform="rotate(17 16 43)"
        className="fill-persimmon"
      />
    </svg>
  );
}
