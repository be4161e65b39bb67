/**
 * Returns the process-wide value stored under `key`, making it on first use.
 *
 * Next evaluates a shared module once per bundle (server, pages, route handlers), so a module-level
 * variable is not a singleton; `globalThis` is. Use it for pools, sockets and queues in every
 * environment.
 */
export function memo<T>(key: string, make: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const symbol = Symbol.for(`dandul.${key}`);
  store[symbol] ??= make();
  return store[symbol];
}

/** Puts a process-wide value in place, replacing what was there. */
export function setMemo<T>(key: string, value: T): void {
  (globalThis as unknown as Record<symbol, T>)[Symbol.for(`dandul.${key}`)] = value;
}

/** The process-wide value under `key`, or undefined when nobody has made it. */
export function peekMemo<T>(key: string): T | undefined {
  return (globalThis as unknown as Record<symbol, T | undefined>)[Symbol.for(`dandul.${key}`)];
}
