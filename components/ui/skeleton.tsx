import { cn } from './cn.ts';

const shapes = { line: 'rounded-control', round: 'rounded-full', bubble: 'rounded-bubble' } as const;

type Props = { shape?: keyof typeof shapes; className?: string };

/** A grey stand-in with the size of what is coming; say that it loads elsewhere, once. */
export function Skeleton({ shape = 'line', className }: Props) {
  return <span aria-hidden className={cn('block bg-wash animate-breathe', shapes[shape], className)} />;
}
