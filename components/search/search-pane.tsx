import type { ReactNode } from 'react';
import { BackLink } from '#components/chat/frame/back-link.tsx';

/** The frame of a search: title, the field that stays in place, and results that scroll below; without a field, of a list. */
export function SearchPane({
  title,
  field,
  backHref,
  children,
}: {
  title: string;
  backHref?: string;
  field?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line pr-4 pl-1 md:h-15 md:pl-5">
        <BackLink href={backHref} className="md:hidden" />
        <h1 className="truncate text-base font-semibold">{title}</h1>
      </header>
      {field && <div className="mx-auto w-full max-w-180 shrink-0 px-4 pt-4 md:px-6">{field}</div>}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-safe">
        <div className="mx-auto flex min-h-full w-full max-w-180 flex-col px-2 py-3 md:px-4">{children}</div>
      </div>
    </section>
  );
}
