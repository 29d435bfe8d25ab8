/** The wall clock as the player sees it; tests pass one that they turn by hand. */
export interface Clock {
  /** Milliseconds from some fixed moment. */
  now(): number;
  /** Calls `action` once after `milliseconds`; the function that it gives back calls it off. */
  after(milliseconds: number, action: () => void): () => void;
}

/** The browser's own clock. */
export const wallClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
