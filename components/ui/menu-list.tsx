'use client';

import Link from 'next/link';
import { type CSSProperties, createContext, type PointerEvent, type ReactNode, useContext } from 'react';
import { cn } from './cn.ts';
import { type MenuListOptions, useMenuList } from './use-menu-list.ts';

type MenuListProps = MenuListOptions & {
  label: string;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
};

const CloseContext = createContext(() => {});

/** A list of actions, as it drops from a button; it has the focus as long as it is there. */
export function MenuList({ label, className, style, children, ...options }: MenuListProps) {
  const { list, listProps } = useMenuList(options);
  return (
    <CloseContext value={() => options.onClose(true)}>
      <div
        ref={list}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        style={style}
        className={cn(
          'z-50 w-max max-w-72 min-w-52 rounded-control border border-line bg-raised p-1.5 shadow-float outline-hidden animate-fade',
          className,
        )}
        {...listProps}
      >
        {children}
      </div>
    </CloseContext>
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

type MenuItemProps = ItemProps & {
  onSelect: () => void;
  /** What it leads to takes the place of the menu. */
  staysOpen?: boolean;
};

export function MenuItem({ onSelect, staysOpen, icon, tone = 'normal', children }: MenuItemProps) {
  const close = useContext(CloseContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onPointerMove={follow}
      onClick={() => {
        // First, so that a dialog which opens now gives the focus back to where the menu came from.
        if (!staysOpen) close();
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
