export const formLook = 'flex flex-col gap-5';

/** A link within or below text, tall enough for a finger. */
export const textLinkLook =
  'inline-flex min-h-11 items-center text-sm font-semibold text-persimmon-ink underline-offset-4 hover:underline';
