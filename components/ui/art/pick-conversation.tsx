import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** Nothing opened yet: the two lean together beneath two waiting lines. */
export function PickConversationArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="theirs" x={128} y={120} lean={-20} gaze={-1} />
      <Figure voice="mine" x={76} y={120} lean={15} gaze={1} />
      <rect x="22" y="24" width="48" height="24" rx="12" className="fill-raised stroke-edge" />
      <path d="M34 36h24" className="stroke-persimmon" />
      <rect x="136" y="36" width="44" height="24" rx="12" className="fill-raised stroke-edge" />
      <path d="M148 48h20" className="stroke-celadon" />
    </Sheet>
  );
}
