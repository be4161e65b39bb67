import { type ComponentProps, useId } from 'react';
import { cn } from './cn.ts';

type Props = ComponentProps<'input'> & { label: string; hint?: string };

/** An on/off setting: a checkbox underneath, so that it also posts in a plain form. */
export function Switch({ label, hint, className, id, ...input }: Props) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <div className={cn('flex min-h-11 items-center justify-between gap-4', className)}>
      <div className="min-w-0">
        <label htmlFor={fieldId} className="block text-body">
          {label}
        </label>
        {hint && (
          <p id={`${fieldId}-hint`} className="text-sm text-muted break-keep">
            {hint}
          </p>
        )}
      </div>
      <span className="relative inline-flex h-11 w-12 shrink-0 items-center">
        <input
          {...input}
          id={fieldId}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: the checkbox has its own checked state.
          role="switch"
          aria-describedby={hint && `${fieldId}-hint`}
          className="peer h-7 w-12 appearance-none rounded-full border border-edge bg-wash transition-colors checked:border-celadon checked:bg-celadon disabled:opacity-60 before:absolute before:inset-0"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute left-1 size-5 rounded-full bg-edge transition-[translate,background-color] peer-checked:translate-x-5 peer-checked:bg-on-celadon"
        />
      </span>
    </div>
  );
}
