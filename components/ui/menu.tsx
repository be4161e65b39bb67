'use client';

import Link from 'next/link';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn.ts';

type MenuProps = {
  /** The button that opens it, such as an IconButton. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'end';
};

/** A list of actions that drops from a button. */
export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Where its button is, and not at the end of the page: within a landmark. */}
      <Radix.Content
        align={align}
        sideOffset={4}
        collisionPadding={12}
        className="z-50 min-w-52 max-w-72 rounded-control border border-line bg-raised p-1.5 shadow-float animate-fade"
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

const itemLook =
  'flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-lg px-3 text-body outline-none select-none data-highlighted:bg-wash data-disabled:opacity-50 [&_svg]:size-5 [&_svg]:shrink-0';

type ItemProps = {
  icon?: ReactNode;
  tone?: 'normal' | 'danger';
  isDisabled?: boolean;
  children: ReactNode;
};

export function MenuItem({
  onSelect,
  icon,
  tone = 'normal',
  isDisabled,
  children,
}: ItemProps & { onSelect: () => void }) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={isDisabled}
      className={cn(itemLook, tone === 'danger' ? 'text-danger' : 'text-ink [&_svg]:text-muted')}
    >
      {icon}
      {children}
    </Radix.Item>
  );
}

export function MenuLink({ href, icon, children }: ItemProps & { href: string }) {
  return (
    <Radix.Item asChild>
      <Link href={href} className={cn(itemLook, 'text-ink [&_svg]:text-muted')}>
        {icon}
        {children}
      </Link>
    </Radix.Item>
  );
}
