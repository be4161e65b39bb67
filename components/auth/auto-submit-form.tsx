'use client';

import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { type Loss, readLoss } from '#components/ui/use-guarded-action.ts';

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
  const t = useTranslations('auth.errors');
  const [loss, setLoss] = useState<Loss | null>(null);
  const [, startTransition] = useTransition();

  function submit() {
    const form = ref.current;
    if (!form) return;
    setLoss(null);
    // Not through the form's own action: React would reset the control to what it was.
    startTransition(async () => {
      try {
        await action(new FormData(form));
      } catch (error) {
        setLoss(readLoss(error));
        // The control shows what is saved.
        form.reset();
      }
    });
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
      {loss && (
        <p role="alert" className="mt-2 text-sm text-danger break-keep">
          {t(loss)}
        </p>
      )}
      <noscript>
        <Button type="submit" variant="secondary" size="sm">
          {applyLabel}
        </Button>
      </noscript>
    </form>
  );
}
