import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** A search that found nothing: one looks through a glass. */
export function NoResultsArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="theirs" x={78} y={120} lean={7} gaze={1} />
      <circle cx="122" cy="78" r="21" className="fill-raised" />
      <path d="M107 93 93 107" />
      <path d="M112 73c2-5 6-8 11-8" className="stroke-edge" />
      <path d="M156 50h14M163 43v14M42 66h8M46 62v8" className="stroke-edge" />
    </Sheet>
  );
}
