/**
 * Remembers keys whose item failed by itself, each for `milliseconds`: what made trouble may do so again, and
 * must not hold up others.
 */
export function createSuspects(milliseconds: number) {
  const until = new Map<string, number>();
  return {
    has(key: string): boolean {
      const end = until.get(key);
      if (end !== undefined && end < Date.now()) until.delete(key);
      return until.has(key);
    },
    add(key: string): void {
      until.set(key, Date.now() + milliseconds);
    },
    clear(key: string): void {
      until.delete(key);
    },
  };
}
