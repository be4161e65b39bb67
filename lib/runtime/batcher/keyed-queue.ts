/** What waits to be done; items with the same key are done one after the other. */
export type Waiting = {
  key: string;
  /** Two of the same identity never share a batch. */
  identity: string;
  /** Shares no batch, after the fault of one that it was in. */
  isAlone: boolean;
};

/**
 * Lines of waiting items, one for each key. A key whose items are taken is busy until they are released, and
 * gives none meanwhile.
 */
export function createKeyedQueue<One extends Waiting>(maxItems: number) {
  const lines = new Map<string, One[]>();
  const busy = new Set<string>();

  /** Takes the first `count` of a line; what is left of it goes behind those who have had no turn. */
  function takeFrom(key: string, line: One[], count: number): One[] {
    const taken = line.splice(0, count);
    busy.add(key);
    lines.delete(key);
    if (line.length > 0) lines.set(key, line);
    return taken;
  }

  return {
    isEmpty: () => lines.size === 0,

    add(one: One): void {
      const line = lines.get(one.key) ?? [];
      line.push(one);
      lines.set(one.key, line);
    },

    /**
     * The next batch: items of keys that are not busy, the longest waiting keys first. One that goes alone, or
     * whose key is a suspect, is a batch of its own.
     *
     * @param mayTakeSuspect whether there is a place for a suspect's item.
     */
    take(isSuspect: (key: string) => boolean, mayTakeSuspect: boolean): One[] {
      const batch: One[] = [];
      const identities = new Set<string>();
      for (const [key, line] of [...lines]) {
        if (batch.length === maxItems) break;
        if (busy.has(key)) continue;
        const isSuspicious = isSuspect(key);
        if (line[0]?.isAlone || isSuspicious) {
          if (batch.length > 0 || (isSuspicious && !mayTakeSuspect)) continue;
          return takeFrom(key, line, 1);
        }
        const count = countJoining(line, identities, maxItems - batch.length);
        if (count > 0) batch.push(...takeFrom(key, line, count));
      }
      return batch;
    },

    /** Puts a batch back to the front of its keys' lines, each item to be done by itself. */
    requeue(batch: One[]): void {
      for (const [key, ones] of Map.groupBy(batch, (one) => one.key)) {
        for (const one of ones) one.isAlone = true;
        lines.set(key, [...ones, ...(lines.get(key) ?? [])]);
      }
    },

    /** Ends the turn of these items' keys. */
    release(batch: One[]): void {
      for (const { key } of batch) busy.delete(key);
    },
  };
}

/** How many of a line's first items can join a batch with `space` left; their identities are added to it. */
function countJoining(line: Waiting[], identities: Set<string>, space: number): number {
  let count = 0;
  for (const { identity, isAlone } of line.slice(0, space)) {
    if (isAlone || identities.has(identity)) break;
    identities.add(identity);
    count += 1;
  }
  return count;
}
