import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type ArtProps = { className?: string };

/** The sheet every drawing is on: one line weight, round ends, decoration only. */
function Sheet({ className, children }: ArtProps & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 200 140"
      fill="none"
      strokeWidth="2.25"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className={cn('h-auto w-44 stroke-ink', className)}
    >
      {children}
    </svg>
  );
}

type FigureProps = {
  voice: 'mine' | 'theirs';
  /** Where the figure stands, and how far it leans in degrees (clockwise). */
  x: number;
  y: number;
  lean?: number;
  /** Where it looks: -1 left, 1 right. */
  gaze?: number;
};

/** One of the two of the mark, standing on (x, y): persimmon is the taller one. */
function Figure({ voice, x, y, lean = 0, gaze = 0 }: FigureProps) {
  const [width, height, fill] = voice === 'mine' ? [34, 72, 'fill-persimmon'] : [32, 56, 'fill-celadon'];
  const eyes = y - height + 21;
  return (
    <g transform={`rotate(${lean} ${x} ${y})`}>
      <rect
        x={x - width / 2}
        y={y - height}
        width={width}
        height={height}
        rx={width / 2}
        className={fill}
        stroke="none"
      />
      <g className="fill-paper" stroke="none">
        <circle cx={x - 5.5 + gaze * 4.5} cy={eyes} r="2.2" />
        <circle cx={x + 5.5 + gaze * 4.5} cy={eyes} r="2.2" />
      </g>
    </g>
  );
}

function Ground({ from = 26, to = 174 }: { from?: number; to?: number }) {
  return <path d={`M${from} 121H${to}`} className="stroke-edge" />;
}

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

/** Nothing opened yet: the two lean together beneath two waiting lines. */
export function PickRoomArt(props: ArtProps) {
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
