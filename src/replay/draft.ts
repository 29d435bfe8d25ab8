import type { Collection } from './changes.ts';
import type {
  CompositeState,
  JobState,
  ReadyEntry,
  ResourceState,
  State,
  TaskState,
  TimerState,
  TransferState,
  VariableState,
} from './state.ts';

/** The parts of a state that are keyed: the ready queue by handle, in its order. */
export interface Collections {
  readonly tasks: Collection<number, TaskState>;
  readonly ready: Collection<number, ReadyEntry>;
  readonly timers: Collection<number, TimerState>;
  readonly composites: Collection<number, CompositeState>;
  readonly resources: Collection<number, ResourceState>;
  readonly jobs: Collection<number, JobState>;
  readonly transfers: Collection<number, TransferState>;
  readonly variables: Collection<string, VariableState>;
}

/** The other parts, each a single value. */
export type Singles = Omit<State, keyof Collections>;

/** A state that is being built; the values in its collections are never changed in place. */
export type Draft = { -readonly [Key in keyof Singles]: Singles[Key] } & Collections;

/** The single values before the first event. */
export const initialSingles: Singles = {
  index: -1,
  nanoseconds: 0,
  tick: 0,
  step: 0,
  loops: 0,
  running: null,
  under: [],
  programSite: null,
  thisTick: 0,
  blocked: null,
  raised: null,
  printed: 0,
  deadlock: null,
  limit: null,
  end: null,
};
