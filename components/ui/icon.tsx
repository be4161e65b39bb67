import type { IconNode } from 'lucide';
import { createElement } from 'react';

type Props = { of: IconNode; className?: string };

/** One of Lucide's line drawings, for the eye alone: what holds it has the name. */
export function Icon({ of, className }: Props) {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className={className}
    >
      {of.map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes }))}
    </svg>
  );
}
