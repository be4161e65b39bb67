/** Waits that end early together, when the connection comes back or everything stops. */
export function createPauses() {
  const wakes = new Set<() => void>();
  return {
    pause(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          wakes.delete(end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        wakes.add(end);
      });
    },
    wakeAll(): void {
      for (const wake of [...wakes]) wake();
    },
  };
}
