import type { Replay } from '../replay.ts';
import type { ResourceState, State } from '../state.ts';
import type { Row, RowStyle } from './seats.ts';

/** What a kind of resource looks like behind its title. */
export interface View {
  readonly draw: (row: Row, drawing: Drawing) => void;
  /** Room at its fullest but for the line of waiters, in pixels, with the widest badge that a task may need. */
  readonly width: (replay: Replay, resource: ResourceState, widest: number, style: RowStyle) => number;
}

/** What is to be drawn. */
export interface Drawing {
  readonly replay: Replay;
  readonly state: State;
  readonly resource: ResourceState;
}
