import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** Nothing is starred yet: one looks up at a star. */
export function StarredArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="mine" x={80} y={120} lean={7} gaze={1} />
      <path
        d="m144 16 7.4 15 16.6 2.4-12 11.7 2.8 16.5-14.8-7.8-14.8 7.8 2.8-16.5-12-11.7 16.6-2.4z"
        className="fill-raised"
      />
      <path d="M48 50v10M43 55h10M150 88v8M146 92h8M62 28h6" className="stroke-edge" />
    </Sheet>
  );
}
