import { type ArtProps, Figure, Ground, Sheet } from './sheet.tsx';

/** No connection: the thread between two cans has come apart. */
export function OfflineArt(props: ArtProps) {
  return (
    <Sheet {...props}>
      <Ground />
      <Figure voice="mine" x={42} y={120} lean={-4} gaze={1} />
      <Figure voice="theirs" x={160} y={120} lean={4} gaze={-1} />
      <path d="M64 78h12v15H64zM126 80h12v15h-12z" className="fill-raised" />
      <path d="M76 86c8 0 9 14 17 12M126 88c-8 0-7-14-15-10" className="stroke-edge" />
      <path d="M99 74l3-7M107 96l4 6" className="stroke-edge" />
    </Sheet>
  );
}
