import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** Something broke: one has tipped over, the other bends to help. */
export function BrokenArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="theirs" x={146} y={104} lean={-90} />
      <Figure voice="mine" x={58} y={120} lean={12} gaze={1} />
      <path d="M120 74l-6-9M134 70v-11M148 74l6-9" className="stroke-edge" />
    </Sheet>
  );
}
