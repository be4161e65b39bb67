'use client';

import { X } from 'lucide';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** For a question that wants an answer before anything else. */
  role?: 'alertdialog';
};

/**
 * A modal: a sheet at the bottom of a phone, a card in the middle of a wider screen. The browser's own
 * `<dialog>` keeps the focus inside, closes on Escape, and gives the focus back.
 */
export function Dialog({ open, onOpenChange, title, description, children, footer, role }: Props) {
  const t = useTranslations('common');
  const dialog = useRef<HTMLDialogElement>(null);
  // A press that began inside and ends on the scrim (text was selected) closes nothing.
  const hasPressedScrim = useRef(false);
  const id = useId();
  const close = () => onOpenChange(false);

  useLayoutEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the scrim is for pointers; Escape does the same.
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onClose={() => open && close()}
      onPointerDown={(event) => {
        hasPressedScrim.current = event.target === dialog.current;
      }}
      onClick={(event) => hasPressedScrim.current && event.target === dialog.current && close()}
      className="fixed inset-x-0 top-auto bottom-0 max-h-[85dvh] w-full max-w-none overflow-y-auto rounded-t-card bg-raised text-ink shadow-float animate-rise backdrop:bg-scrim backdrop:animate-fade sm:inset-0 sm:m-auto sm:max-w-md sm:rounded-card"
    >
      {open && (
        <div className="p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:p-6">
          <div className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <h2 id={`${id}-title`} className="text-lg font-semibold">
                {title}
              </h2>
              {description && (
                <p id={`${id}-description`} className="mt-1 text-body text-pretty text-muted break-keep">
                  {description}
                </p>
              )}
            </div>
            <IconButton label={t('close')} onClick={close} className="-mt-2 -mr-2">
              <Icon of={X} />
            </IconButton>
          </div>
          {children && <div className="mt-4">{children}</div>}
          {footer && (
            <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{footer}</div>
          )}
        </div>
      )}
    </dialog>
  );
}
