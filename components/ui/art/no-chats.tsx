import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** Nobody to talk with yet: one waits beside an empty outline. */
export function NoChatsArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="mine" x={74} y={120} lean={9} gaze={1} />
      <rect
        x="114"
        y="64"
        width="32"
        height="56"
        rx="16"
        transform="rotate(-9 130 120)"
        strokeDasharray="0.5 6.2"
        className="stroke-celadon"
      />
      <path d="M150 42c4-5 12-5 14 1 6 0 8 8 3 11h-16" className="stroke-edge" />
      <path d="M40 58c3-4 9-3 10 1 5 0 6 7 2 9H40" className="stroke-edge" />
    </Sheet>
  );
}
