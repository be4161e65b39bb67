import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** A page that is not there: one at a signpost whose path runs out. */
export function LostArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground from={26} to={112} />
      <path d="M122 121h52" strokeDasharray="1 8" className="stroke-edge" />
      <Figure voice="mine" x={66} y={120} lean={-5} gaze={1} />
      <path d="M132 120V46" />
      <path d="M116 46h34l9 9-9 9h-34z" className="fill-raised" />
      <path d="M148 74h-28l-8 8 8 8h28z" className="fill-raised" />
      <path d="M126 55h14M128 82h12" className="stroke-edge" />
    </Sheet>
  );
}
