import { cn } from './cn.ts';

/** A grey stand-in with the size of what is coming; say that it loads elsewhere, once. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block rounded-control bg-wash animate-breathe', className)} />;
}
