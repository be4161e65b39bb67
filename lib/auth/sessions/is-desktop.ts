import { headers } from 'next/headers';

/**
 * Whether the first field of a page may have the focus from the start. On a phone or tablet that opens the
 * keyboard over the page before it was read.
 */
export async function isDesktop(): Promise<boolean> {
  return !/Mobi|Android|iPhone|iPad/i.test((await headers()).get('user-agent') ?? '');
}
