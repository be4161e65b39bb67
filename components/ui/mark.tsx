/** The logo: two shapes that lean on each other, my voice in front. The same drawing as app/icon.svg. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" aria-hidden className={className}>
      <rect
        x="31"
        y="14"
        width="15"
        height="29"
        rx="7.5"
        transform="rotate(-22 38.5 43)"
        className="fill-celadon"
      />
      <rect
        x="2"
        y="3"
        width="16"
        height="40"
        rx="8"
        transform="rotate(17 10 43)"
        className="fill-persimmon"
      />
    </svg>
  );
}
