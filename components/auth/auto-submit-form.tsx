'use client';

import { type ReactNode, useEffect, useRef, useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';

type Props = {
  action: (form: FormData) => Promise<void>;
  /** Name of the button that stands in while there are no scripts. */
  applyLabel: string;
  children: ReactNode;
  className?: string;
};

function isChanged(element: Element): boolean {
  if (element instanceof HTMLInputElement && element.type === 'checkbox') {
    return element.checked !== element.defaultChecked;
  }
  return (
    element instanceof HTMLSelectElement &&
    [...element.options].some((option) => option.defaultSelected && !option.selected)
  );
}

/** Saves a setting as soon as it changes, also when that was before scripts ran. */
export function AutoSubmitForm({ action, applyLabel, children, className }: Props) {
  const ref = useRef<HTMLFormElement>(null);
  const [, startTransition] = useTransition();

  function submit() {
    const form = ref.current;
    // Not through the form's own action: React would reset the control to what it was.
    if (form) startTransition(() => action(new FormData(form)));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once, at what was chosen before hydration.
  useEffect(() => {
    if ([...(ref.current?.elements ?? [])].some(isChanged)) submit();
  }, []);

  return (
    <form
      ref={ref}
      action={action}
      className={className}
      onChange={submit}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      <noscript>
        <Button type="submit" variant="secondary" size="sm">
          {applyLabel}
        </Button>
      </noscript>
    </form>
  );
}
