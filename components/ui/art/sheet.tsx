import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type ArtProps = { className?: string };

/** The sheet every drawing is on: one line weight, round ends, decoration only. */
export function Sheet({ className, children }: ArtProps & { children: ReactNode }) {
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
export function Figure({ voice, x, y, lean = 0, gaze = 0 }: FigureProps) {
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

export function Ground({ from = 26, to = 174 }: { from?: number; to?: number }) {
  return <path d={`M${from} 121H${to}`} className="stroke-edge" />;
}
