import { ChevronDown } from 'lucide';
import { type ComponentProps, useId } from 'react';
import { cn } from './cn.ts';
import { describeField, FieldFrame, inputLook } from './field-frame.tsx';
import { Icon } from './icon.tsx';

type Props = ComponentProps<'select'> & {
  label: string;
  name: string;
  error?: string;
  hint?: string;
  options: ReadonlyArray<{ value: string; label: string; lang?: string }>;
};

/** A labelled choice from a short list; the platform's own picker opens, also without scripts. */
export function Select({ label, error, hint, options, className, id, ...select }: Props) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <FieldFrame id={fieldId} label={label} error={error} hint={hint}>
      <div className={cn('relative', className)}>
        <select
          {...select}
          {...describeField(fieldId, error, hint)}
          id={fieldId}
          className={cn(inputLook, 'appearance-none pr-10')}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          of={ChevronDown}
          className="pointer-events-none absolute top-1/2 right-3 size-5 -translate-y-1/2 text-muted"
        />
      </div>
    </FieldFrame>
  );
}
