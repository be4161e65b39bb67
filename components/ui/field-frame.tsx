import { CircleAlert } from 'lucide';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

const inputBase =
  'block w-full min-h-11 border border-edge bg-raised px-3.5 py-2 text-base text-ink transition-colors hover:border-muted focus-visible:border-celadon focus-visible:-outline-offset-1 aria-invalid:border-danger disabled:opacity-60';
export const inputLook = `${inputBase} rounded-control`;
export const roundInputLook = `${inputBase} rounded-full`;

/** Ids that tie a control to its hint and error. */
export function describeField(id: string, error?: string, hint?: string) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return { 'aria-invalid': error ? true : undefined, 'aria-describedby': ids || undefined } as const;
}

type Props = { id: string; label: string; error?: string; hint?: string; children: ReactNode };

/** Label above, control, then the error or the hint below. */
export function FieldFrame({ id, label, error, hint, children }: Props) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold text-ink">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-danger break-keep">
          <Icon of={CircleAlert} className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted break-keep">
          {hint}
        </p>
      )}
    </div>
  );
}
