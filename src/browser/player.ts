import type { Clock } from './clock.ts';

/** Playback speeds, in the order in which the speed button goes through them. */
export const speeds = [1, 2, 0.5] as const;
export type Speed = (typeof speeds)[number];

/** Milliseconds that a step takes while playing, at speed 1. */
const playStep = 700;
/** Longest that one click forward may take, and the share of a single step in it. */
const longestGlide = 1200;
const glideStep = 320;
/** Shortest time between two pictures: a long way is drawn in fewer of them. */
const shortestFrame = 40;

/** Where the player is. */
export interface Position {
  /** Event index that is shown; one of the stops. */
  readonly index: number;
  /** Number of the stop, from 0. */
  readonly stop: number;
  /** Number of the last key step that has been reached, from 0; 0 also before the first. */
  readonly keyStep: number;
  readonly mode: 'resting' | 'gliding' | 'playing';
  readonly speed: Speed;
  readonly axis: 'expanded' | 'proportional';
  /** The task that is followed, by number: single steps go from one stop of it to the next. */
  readonly followed: number | null;
}

/** Who moved: the reader by the replay's own controls, playback, or what is around it (a deck's fragments, a page). */
export type Mover = 'reader' | 'playback' | 'outside';

/** What the player asks of its surroundings, in order. */
export type Effect =
  /** Show the position; `milliseconds` is how long the move may take, 0 cuts. */
  | { readonly kind: 'draw'; readonly position: Position; readonly milliseconds: number }
  /** A stop has been reached. */
  | { readonly kind: 'step'; readonly position: Position; readonly by: Mover }
  /** Playback has run off its end. */
  | { readonly kind: 'ended' };

/** Commands that move a replay. */
export interface Player {
  readonly position: () => Position;
  /** Moves by single stops; one forward is animated, all else cuts. */
  step(by: number): void;
  /** Moves by key steps: one forward glides over what lies between, all else cuts. */
  keyStep(by: number): void;
  /** Goes to a key step, by number from 0; the nearest when there is none of that number. */
  toKeyStep(number: number, how: 'cut' | 'glide', by?: Mover): void;
  /** Cuts to the stop that shows an event. `by` is `reader` unless told. */
  seek(index: number, by?: Mover): void;
  toStart(): void;
  toEnd(): void;
  play(): void;
  pause(): void;
  toggle(): void;
  /** From now on single steps and playback stop only where a task is concerned; null: at every stop again. */
  follow(task: number | null): void;
  nextSpeed(): void;
  toggleAxis(): void;
  /** Shows the present position again, for example in another size. */
  redraw(): void;
}

/** What a player needs. `stops` and `keySteps` are event indices in order; every key step is a stop. */
export interface PlayerInput {
  readonly stops: readonly number[];
  readonly keySteps: readonly number[];
  readonly clock: Clock;
  readonly dispatch: (effect: Effect) => void;
  /** Event indices, in order, of the stops that concern a task. */
  readonly stopsOfTask?: (task: number) => readonly number[];
  /** Asked at every move; when true nothing is animated. */
  readonly reducedMotion?: () => boolean;
}

/**
 * The player as a state machine; it draws nothing itself. At first it rests at key step 0.
 *
 *     mode      step, seek, back,     forward        play           pause        the clock
 *               to start or end       by key step
 *     resting   draws, resting        gliding        playing        –            –
 *     gliding   draws, resting        gliding, on    playing        draws the    draws the next stop; at its
 *                                     to the next                   end, rests   end: step, resting
 *     playing   draws, resting        gliding        –              resting      draws the next stop and step;
 *                                                                                at the last: ended, resting
 *
 * While a task is followed, "a step" and "the next stop" are those that concern it.
 *
 * Positions are absolute: a command that comes twice, late or while something moves leads to the same place.
 */
export function createPlayer(input: PlayerInput): Player {
  const { stops, keySteps, clock, dispatch, stopsOfTask = () => stops, reducedMotion = () => false } = input;
  const last = Math.max(0, stops.length - 1);
  let stop = stopOf(keySteps[0] ?? 0);
  let mode: Position['mode'] = 'resting';
  let speed: Speed = 1;
  let axis: Position['axis'] = 'expanded';
  let followed: number | null = null;
  let glideEnd = stop;
  let cancel = () => {};

  function stopOf(index: number): number {
    const found = stops.findIndex((candidate) => candidate >= index);
    return found < 0 ? last : found;
  }
  const keyStepAt = (at: number) => Math.max(0, keySteps.filter((index) => index <= (stops[at] ?? 0)).length - 1);
  const position = (): Position => {
    return { index: stops[stop] ?? 0, stop, keyStep: keyStepAt(stop), mode, speed, axis, followed };
  };
  /** The stop that is `by` steps from another: of the followed task's, if there is one. */
  function stepFrom(from: number, by: number): number {
    if (followed === null) return from + by;
    const index = stops[from] ?? 0;
    const own = stopsOfTask(followed);
    const ahead = by > 0 ? own.filter((other) => other > index) : own.filter((other) => other < index).reverse();
    const next = ahead[Math.abs(by) - 1];
    return next === undefined ? (by > 0 ? last : 0) : stopOf(next);
  }
  const draw = (milliseconds: number) =>
    dispatch({ kind: 'draw', position: position(), milliseconds: reducedMotion() ? 0 : milliseconds });
  const reached = (by: Mover) => dispatch({ kind: 'step', position: position(), by });

  function rest(): void {
    cancel();
    cancel = () => {};
    mode = 'resting';
  }

  function cut(to: number, by: Mover, milliseconds = 0): void {
    rest();
    stop = Math.max(0, Math.min(last, to));
    draw(milliseconds);
    reached(by);
  }

  /** Walks over the stops up to `to`; as many as the time allows are drawn. */
  function glide(to: number, by: Mover): void {
    const from = stop;
    const count = to - from;
    if (count <= 0 || reducedMotion()) {
      cut(to, by);
      return;
    }
    rest();
    mode = 'gliding';
    glideEnd = to;
    const whole = Math.min(longestGlide, count * glideStep);
    const frame = Math.max(shortestFrame, whole / count);
    const begun = clock.now();
    const move = () => {
      const due = Math.floor(((clock.now() - begun) / whole) * count + 1e-6) + 1;
      stop = Math.min(to, from + due);
      if (stop < to) {
        draw(frame);
        cancel = clock.after(frame, move);
        return;
      }
      rest();
      draw(Math.max(frame, 200));
      reached(by);
    };
    move();
  }

  function tick(): void {
    stop = Math.min(last, stepFrom(stop, 1));
    if (stop === last) rest();
    draw(Math.min(600, (playStep / speed) * 0.8));
    reached('playback');
    if (mode === 'playing') cancel = clock.after(playStep / speed, tick);
    else dispatch({ kind: 'ended' });
  }

  const player: Player = {
    position,
    // Forward in a glide is forward from where it leads to; back is back from what is seen.
    step: (by) => cut(stepFrom(mode === 'gliding' && by > 0 ? glideEnd : stop, by), 'reader', by === 1 ? glideStep : 0),
    keyStep(by) {
      const aim = mode === 'gliding' && by > 0 ? keyStepAt(glideEnd) : keyStepAt(stop);
      // Back from between two key steps is back to the one that was passed; before the first, forward is to it.
      const between = (keySteps[aim] ?? 0) !== stops[stop] && mode !== 'gliding';
      const before = stop < stopOf(keySteps[0] ?? 0);
      const target = by > 0 ? (before ? by - 1 : aim + by) : aim + by + (between && !before ? 1 : 0);
      if (target >= keySteps.length) return cut(last, 'reader');
      if (target < 0) return cut(0, 'reader');
      player.toKeyStep(target, by === 1 ? 'glide' : 'cut');
    },
    toKeyStep(number, how, by = 'reader') {
      const target = stopOf(keySteps[Math.max(0, Math.min(keySteps.length - 1, number))] ?? 0);
      if (how === 'glide') glide(target, by);
      else cut(target, by);
    },
    seek: (index, by = 'reader') => cut(stopOf(index), by),
    toStart: () => cut(0, 'reader'),
    toEnd: () => cut(last, 'reader'),
    play() {
      if (mode === 'playing') return;
      rest();
      mode = 'playing';
      if (stop === last) {
        stop = 0;
        draw(0);
        reached('playback');
      } else draw(0);
      cancel = clock.after(playStep / speed, tick);
    },
    pause() {
      if (mode === 'gliding') return cut(glideEnd, 'reader');
      if (mode !== 'playing') return;
      rest();
      draw(0);
    },
    toggle: () => (mode === 'playing' ? player.pause() : player.play()),
    follow(task) {
      followed = task;
      draw(0);
    },
    nextSpeed() {
      speed = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
      draw(0);
    },
    toggleAxis() {
      axis = axis === 'expanded' ? 'proportional' : 'expanded';
      draw(600);
    },
    redraw: () => draw(0),
  };
  return player;
}
