import { isolateBidi } from '#lib/text/normalize.ts';

/** A page's title: the product, and in a conversation the partner, whose name leaves the words around it in their order. */
export function titleOf(app: string, partnerName: string | null): string {
  return partnerName ? `${app} · ${isolateBidi(partnerName)}` : app;
}
