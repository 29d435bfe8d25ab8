import { type Exercise, makeExercise } from './exercise.ts';
import type { KeyStep } from './keySteps.ts';
import { pairPicture } from './pair.ts';
import { paperTimeline } from './paperTimeline.ts';
import type { Replay } from './replay.ts';
import { writeSvg } from './write.ts';

/** A replay on paper: a picture of every key step, then the whole run. */
export interface Storyboard {
  /** Whole `<svg>` elements in the order of the key steps, all of one size. */
  readonly frames: readonly string[];
  /** Places of the frames that tell most, from 0 and in order, for where there is room for these alone. */
  readonly best: readonly number[];
  /** The same with questions in some of them; none where nobody ever stands in a queue. */
  readonly exercise: Exercise;
  /** The run on its true time axis with all that it printed, twice as wide as a frame. */
  readonly timeline: string;
}

/** Draws a replay for paper: six frames fill a sheet of A4 at a size that can be read, in black and white too. */
export function makeStoryboard(replay: Replay): Storyboard {
  return {
    frames: replay.keySteps.map((step) => writeSvg(pairPicture(replay, step))),
    best: bestFrames(replay.keySteps),
    exercise: makeExercise(replay),
    timeline: writeSvg(paperTimeline(replay)),
  };
}

/** Frames of two rows. */
const most = 4;

/** What a reader would miss most: what the author marks, then what goes otherwise than one thinks. */
const kinds = [
  'mark',
  'ask',
  'answer',
  'blocked',
  'raise',
  'cancel',
  'deadline',
  'contention',
  'release',
  'spawn',
  'end',
  'advance',
  'callback',
  'suspend',
  'value',
  'start',
] as const satisfies readonly KeyStep['kind'][];

/** The first of each kind before a second of any: two waits for the same queue tell less than a wait and a cancel. */
function bestFrames(keySteps: readonly KeyStep[]): readonly number[] {
  return keySteps
    .map(({ kind }, frame) => {
      const again = keySteps.slice(0, frame).filter((step) => step.kind === kind).length;
      return { frame, again, rank: kinds.indexOf(kind) };
    })
    .sort((a, b) => a.again - b.again || a.rank - b.rank || a.frame - b.frame)
    .slice(0, most)
    .map(({ frame }) => frame)
    .sort((a, b) => a - b);
}
