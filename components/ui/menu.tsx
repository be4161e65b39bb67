'use client';

import Link from 'next/link';
import { createContext, type PointerEvent, type ReactNode, useContext, useId } from 'react';
import { cn } from './cn.ts';
import { IconButton } from './icon-button.tsx';
import { useMenu } from './use-menu.ts';

type MenuProps = {
  /** Name of the button that opens it, and of the list. */
  label: string;
  icon: ReactNode;
  children: ReactNode;
};

const CloseContext = createContext(() => {});

/** A list of actions that drops from a button. */
export function Menu({ label, icon, children }: MenuProps) {
  const { isOpen, frame, button, list, close, buttonProps, listProps } = useMenu();
  const id = useId();
  return (
    <div ref={frame} className="relative">
      <IconButton
        ref={button}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        {...buttonProps}
      >
        {icon}
      </IconButton>
      {isOpen && (
        <CloseContext value={close}>
          <div
            ref={list}
            id={id}
            role="menu"
            aria-label={label}
            tabIndex={-1}
            className="absolute top-full right-0 z-50 mt-1 w-max max-w-72 min-w-52 rounded-control border border-line bg-raised p-1.5 shadow-float outline-hidden animate-fade"
            {...listProps}
          >
            {children}
          </div>
        </CloseContext>
      )}
    </div>
  );
}

const itemLook =
  'flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-lg px-3 text-left text-body -outline-offset-2 select-none focus:bg-wash active:bg-press [&_svg]:size-5 [&_svg]:shrink-0';
const quietIcon = 'text-ink [&_svg]:text-muted';

/** What a pointer is on has the focus, as what the arrow keys reach has. */
const follow = (event: PointerEvent<HTMLElement>) => {
  if (event.pointerType === 'mouse') event.currentTarget.focus({ preventScroll: true });
};

type ItemProps = { icon?: ReactNode; tone?: 'normal' | 'danger'; children: ReactNode };

export function MenuItem({
  onSelect,
  icon,
  tone = 'normal',
  children,
}: ItemProps & { onSelect: () => void }) {
  const close = useContext(CloseContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onPointerMove={follow}
      onClick={() => {
        // First, so that a dialog which opens now gives the focus back to the menu's button.
        close();
        onSelect();
      }}
      className={cn(itemLook, tone === 'danger' ? 'text-danger' : quietIcon)}
    >
      {icon}
      {children}
    </button>
  );
}

export function MenuLink({ href, icon, children }: ItemProps & { href: string }) {
  const close = useContext(CloseContext);
  return (
    <Link
      href={href}
      role="menuitem"
      tabIndex={-1}
      onPointerMove={follow}
      onClick={close}
      className={cn(itemLook, quietIcon)}
    >
      {icon}
      {children}
    </Link>
  );
}
