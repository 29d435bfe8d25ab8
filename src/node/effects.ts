import type { VFileMessage } from 'vfile-message';

/** The only door through which commands speak: tests pass a recorder, `cli.ts` the terminal. */
export interface Effects {
  /** A result, for standard output. */
  print(text: string): void;
  /** Something wrong that is no place in a note, for standard error. */
  problem(text: string): void;
  /** Messages about places in a note, for standard error, each `file:line:column`. */
  messages(path: string, messages: readonly VFileMessage[]): void;
  /** How far a stage of the work has come; a terminal shows a bar, a pipe nothing. */
  progress(stage: Stage, done: number, total: number): void;
}

/** Stages that may take long enough to watch. */
export type Stage = 'record' | 'draw' | 'print' | 'inspect' | 'photograph';

/** Tells a debugging author which walls stand around Python. */
export function wallReport(debug: boolean | undefined, effects: Effects) {
  return debug ? (walls: readonly string[]) => effects.problem(`sandbox: ${walls.join(', ')}`) : undefined;
}
