/** Joins class names. Two that set the same property must not meet: which one wins is not told by order. */
export function cn(...classes: (string | false | null | undefined)[]): string {
  return classes.filter(Boolean).join(' ');
}
