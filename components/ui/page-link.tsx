'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps } from 'react';
import { isPlainClick } from './is-plain-click.ts';

type Props = ComponentProps<'a'> & { href: string };

/**
 * A link to another page of the product, which is asked for as soon as somebody points at it. Next's own link also asks
 * for every page that one could go to from what is in sight, and its scripts are as large as all of the menus here.
 */
export function PageLink({ href, onClick, ...rest }: Props) {
  const router = useRouter();
  return (
    <a
      {...rest}
      href={href}
      onPointerEnter={() => router.prefetch(href)}
      onClick={(event) => {
        onClick?.(event);
        if (!isPlainClick(event)) return;
        event.preventDefault();
        router.push(href);
      }}
    />
  );
}
