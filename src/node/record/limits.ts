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
