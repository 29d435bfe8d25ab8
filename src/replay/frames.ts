import { pictureOf } from './picture.ts';
import type { Replay } from './replay.ts';
import { writeSvg } from './write.ts';

/** Height of the narrow picture without its tasks, and of each task's row, in pixels. */
const fixedHeight = 338;
const rowHeight = 48;

/**
 * A picture of every key step in one column, 360 wide, as high as its tasks need: six of them fill a sheet of A4 at a
 * size that can be read.
 *
 * @returns Whole `<svg>` elements, all of one height, in the order of the key steps.
 */
export function makeFrames(replay: Replay): readonly string[] {
  const most = Math.max(1, ...replay.keySteps.map(({ index }) => replay.stateAt(index).tasks.size));
  const height = fixedHeight + rowHeight * Math.min(most, 6);
  const options = { layout: 'narrow', width: 360, height, scrubber: false } as const;
  return replay.keySteps.map(({ index }, n) =>
    writeSvg(pictureOf(replay, index, `${replay.data.id}-frame-${n + 1}`, options)),
  );
}
