import pLimit, { type LimitFunction } from 'p-limit';

/** Runs a work when it is its key's turn, and gives back what it gives. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Lets at most `places` works of one key run at once; the others wait in line. */
export function createTurns(places: number): Turns {
  const lines = new Map<string, LimitFunction>();
  return async (key, work) => {
    const line = lines.get(key) ?? pLimit(places);
    lines.set(key, line);
    try {
      return await line(work);
    } finally {
      if (line.activeCount + line.pendingCount === 0) lines.delete(key);
    }
  };
}
