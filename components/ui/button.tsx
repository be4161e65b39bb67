import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts';
import { Spinner } from './spinner.tsx';

type Props = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is under way: the label gives way to a spinner, focus and name stay, presses do nothing. */
  isPending?: boolean;
};

function swallow(event: MouseEvent) {
  event.preventDefault();
}

export function Button({
  variant = 'primary',
  size = 'md',
  isPending = false,
  type = 'button',
  className,
  children,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonStyle(variant, size, className)}
      {...(isPending && { 'aria-disabled': true, 'aria-busy': true, onClick: swallow })}
    >
      {isPending ? (
        <>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
          <Spinner className="absolute" />
        </>
      ) : (
        children
      )}
    </button>
  );
}
