import { Search } from 'lucide';
import type { ComponentProps } from 'react';
import { cn } from '#components/ui/cn.ts';
import { roundInputLook } from '#components/ui/field-frame.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

type Props = ComponentProps<'input'> & { label: string; isPending: boolean };

/** A search box; its name is for screen readers, the glass says it to the eye. */
export function SearchField({ label, isPending, className, ...input }: Props) {
  return (
    <div className="relative">
      <span className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-muted">
        {isPending ? <Spinner className="size-5" /> : <Icon of={Search} className="size-5" />}
      </span>
      <input
        {...input}
        type="search"
        name="q"
        aria-label={label}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        className={cn(
          roundInputLook,
          'pl-11 [&::-webkit-search-cancel-button]:opacity-60 [&::-webkit-search-cancel-button]:grayscale',
          className,
        )}
      />
    </div>
  );
}
