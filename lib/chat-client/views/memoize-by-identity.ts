/** Remembers each result by the identity of what it is made from, for as long as that lives. */
export function memoizeByIdentity<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const results = new WeakMap<K, T>();
  return (key) => {
    if (!results.has(key)) results.set(key, make(key));
    return results.get(key) as T;
  };
}
