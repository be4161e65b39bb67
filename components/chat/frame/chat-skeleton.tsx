import { RowSkeletons } from '#components/search/row-skeletons.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The outline of the chat over the page that one comes from, until it is there. */
export function ChatSkeleton() {
  return (
    <div aria-busy="true" className="fixed inset-0 z-40 flex flex-col overflow-hidden bg-paper pt-safe">
      <div className="flex h-14 shrink-0 items-center border-b border-line px-4">
        <Skeleton className="h-7 w-24" />
      </div>
      <div className="min-h-0 flex-1 border-line py-2 md:w-80 md:border-r lg:w-90">
        <RowSkeletons lines={2} />
      </div>
    </div>
  );
}
