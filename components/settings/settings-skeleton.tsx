import { Skeleton } from '#components/ui/skeleton.tsx';

/** The outline of one page of the settings. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="h-8 w-28" />
      <Skeleton className="mt-6 h-11 w-full" />
      {['w-32', 'w-24'].map((width) => (
        <div key={width} className="mt-8 border-t border-line pt-7">
          <Skeleton className={`h-5 ${width}`} />
          <Skeleton className="mt-5 h-11 w-full" />
        </div>
      ))}
    </div>
  );
}

/** The outline of the settings over the page that one comes from, until they are there. */
export function SettingsSkeleton() {
  return (
    <div className="fixed inset-0 z-40 flex flex-col overflow-hidden bg-paper pt-safe px-safe">
      <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4 sm:px-6">
        <Skeleton shape="round" className="size-8" />
        <Skeleton className="h-5 w-16" />
      </div>
      <div className="flex flex-1 flex-col md:flex-row">
        <div className="flex shrink-0 items-center justify-around border-line max-md:h-16 max-md:border-b md:w-60 md:flex-col md:items-start md:justify-start md:gap-7 md:border-r md:p-6 lg:w-72">
          {['md:w-20', 'md:w-24', 'md:w-28', 'md:w-16'].map((width) => (
            <Skeleton key={width} className={`h-5 w-12 ${width}`} />
          ))}
        </div>
        <div className="flex-1 px-5 pt-7 sm:px-8 md:pt-10">
          <div className="mx-auto max-w-2xl">
            <PageSkeleton />
          </div>
        </div>
      </div>
    </div>
  );
}
