/** A value of which this process has one. */
export type Singleton<T> = {
  /** The value, or undefined while there is none. */
  peek(): T | undefined;
  /** Puts a value in place of what was there. */
  set(value: T): void;
  /** Forgets the value, without ending what it holds. */
  clear(): void;
};

/** A value that is made when it is first asked for. */
export type LazySingleton<T> = Singleton<T> & {
  /** The value, made on first use and again after it was cleared. */
  get(): T;
};

/**
 * Defines a process-wide value, once, beside what owns it.
 *
 * Next evaluates a shared module once per bundle (server, pages, route handlers), so a module-level
 * variable is not a singleton; `globalThis` is. Use it for pools, sockets and queues in every
 * environment.
 *
 * @param name is its place on `globalThis`, so no two may have the same.
 * @param make makes it on first use; without it somebody sets it.
 */
export function defineSingleton<T>(name: string, make: () => T): LazySingleton<T>;
export function defineSingleton<T>(name: string): Singleton<T>;
export function defineSingleton<T>(name: string, make?: () => T): Singleton<T> | LazySingleton<T> {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const symbol = Symbol.for(`dandul.${name}`);
  const singleton: Singleton<T> = {
    peek: () => store[symbol],
    set(value) {
      store[symbol] = value;
    },
    clear() {
      delete store[symbol];
    },
  };
  if (!make) return singleton;
  return {
    ...singleton,
    get() {
      store[symbol] ??= make();
      return store[symbol];
    },
  };
}
