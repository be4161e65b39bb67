import { type ComponentProps, useId } from 'react';
import { cn } from './cn.ts';
import { describeField, FieldFrame, inputLook } from './field-frame.tsx';

export type FieldProps = ComponentProps<'input'> & {
  /** Shown above the box; exactly the control's accessible name. */
  label: string;
  name: string;
  /** What is wrong and what to do; marks the control invalid. */
  error?: string;
  hint?: string;
};

/** A labelled text input. */
export function Field({ label, error, hint, className, id, ...input }: FieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <FieldFrame id={fieldId} label={label} error={error} hint={hint}>
      <input
        {...input}
        {...describeField(fieldId, error, hint)}
        id={fieldId}
        className={cn(inputLook, className)}
      />
    </FieldFrame>
  );
}
