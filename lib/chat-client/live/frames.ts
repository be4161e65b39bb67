/** A hidden page draws no frames, and one that is just being hidden may not draw the one it was promised. */
const NO_FRAME_MS = 100;

/** Tells listeners of changes, at once or with the next frame. */
export type Frames = {
  subscribe(listener: () => void): () => void;
  now(): void;
  /** However often it is called, they are told once, before the next frame is drawn. */
  soon(): void;
};

export function createFrames(): Frames {
  const listeners = new Set<() => void>();
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer !== undefined) {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      timer = undefined;
    }
    for (const listener of [...listeners]) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now,
    soon() {
      if (timer !== undefined) return;
      if (typeof document === 'undefined' || document.hidden) return now();
      timer = setTimeout(now, NO_FRAME_MS);
      frame = requestAnimationFrame(now);
    },
  };
}
