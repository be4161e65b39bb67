import { Skeleton } from '#components/ui/skeleton.tsx';

/** Rows that are on their way: an avatar and a line or two. */
export function RowSkeletons({ lines }: { lines: 1 | 2 }) {
  return (
    <div aria-hidden>
      {['w-32', 'w-24', 'w-40', 'w-28'].map((width) => (
        <div key={width} className="flex min-h-14 items-center gap-3 px-3 py-2">
          <Skeleton shape="round" className="size-11 shrink-0" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={`h-4 ${width}`} />
            {lines === 2 && <Skeleton className="h-4 w-4/5" />}
          </div>
        </div>
      ))}
    </div>
  );
}
