/** True when two objects have the same fields with the same values. */
export function isShallowEqual<T extends object>(a: T, b: T): boolean {
  if (a === b) return true;
  const keys = Object.keys(b) as (keyof T)[];
  return keys.length === Object.keys(a).length && keys.every((key) => Object.is(a[key], b[key]));
}

/** What was there before, where `next` says the same. */
export function keepSame<T extends object | null>(last: T | undefined, next: T): T {
  return last && next && isShallowEqual(last, next) ? last : next;
}
