/** What a patch of a library was made for. */
export type Patched = { library: string; version: string; patch: string };

/**
 * Sees that a library still has the private parts that a patch works with; call it at a start, for every part by name
 * whether it is there.
 *
 * @throws Error naming the library, the version that the patch was made for, and what is missing.
 */
export function checkShape({ library, version, patch }: Patched, parts: Record<string, boolean>): void {
  const missing = Object.keys(parts).filter((part) => !parts[part]);
  if (missing.length === 0) return;
  throw new Error(
    `${patch} was made for ${library} ${version}; the one installed has no ${missing.join(', ')}`,
  );
}

/** Whether `thing` or what it inherits from has the method `name`. */
export function hasMethod(thing: unknown, name: string): boolean {
  return typeof (thing as Record<string, unknown> | undefined)?.[name] === 'function';
}
