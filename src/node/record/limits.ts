/** What one block may use. */
export interface Limits {
  /** Real seconds until the block is interrupted at the line where it is; default 3. */
  readonly seconds: number;
  /** Handles that may run at one instant of the virtual clock; default 200,000. */
  readonly turns: number;
  /** Characters of output, in bytes; default 65,536. */
  readonly outputBytes: number;
  /** Events in the trace; default 200,000. */
  readonly events: number;
  /** Seconds of the virtual clock; default 86,400. */
  readonly virtualSeconds: number;
  /** Depth of calls, at most 3,000; when absent, Python's own and what a block sets, up to there. */
  readonly recursion?: number;
}

/** The limits that hold where none are given. */
export const defaultLimits: Limits = {
  seconds: 3,
  turns: 200_000,
  outputBytes: 65_536,
  events: 200_000,
  virtualSeconds: 86_400,
};

/** Real seconds after the soft limit until the process is killed. */
export const graceSeconds = 5;

/**
 * Whether a block that was stopped by the limit of real time had its share of the processor, and how long to wait for
 * it otherwise: on a busy machine a block must not be stopped for what others do.
 *
 * @param limit The limit, in seconds.
 * @param real Seconds that went by.
 * @param processor Seconds of processor time that the process had meanwhile.
 * @returns Real seconds to give the block in a second try, or null when it had its share.
 */
export function fairSeconds(limit: number, real: number, processor: number): number | null {
  if (real < limit || processor >= 0.7 * limit) return null;
  return Math.min(10 * limit, (1.5 * limit * real) / Math.max(processor, 0.01));
}
