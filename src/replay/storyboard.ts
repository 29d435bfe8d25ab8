import { pairPicture } from './pair.ts';
import { paperTimeline } from './paperTimeline.ts';
import type { Replay } from './replay.ts';
import { writeSvg } from './write.ts';

/** A replay on paper: a picture of every key step, then the whole run. */
export interface Storyboard {
  /** Whole `<svg>` elements in the order of the key steps, all of one size. */
  readonly frames: readonly string[];
  /** The run on its true time axis with all that it printed, twice as wide as a frame. */
  readonly timeline: string;
}

/** Draws a replay for paper: six frames fill a sheet of A4 at a size that can be read, in black and white too. */
export function makeStoryboard(replay: Replay): Storyboard {
  return {
    frames: replay.keySteps.map((step) => writeSvg(pairPicture(replay, step))),
    timeline: writeSvg(paperTimeline(replay)),
  };
}
