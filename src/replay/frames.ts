import { narrowHeight } from './narrow.ts';
import { pictureOf } from './picture.ts';
import type { Replay } from './replay.ts';
import { writeSvg } from './write.ts';

/**
 * A picture of every key step in one column, 360 wide, as high as its tasks need: six of them fill a sheet of A4 at a
 * size that can be read.
 *
 * @returns Whole `<svg>` elements, all of one height, in the order of the key steps.
 */
export function makeFrames(replay: Replay): readonly string[] {
  const options = { layout: 'narrow', width: 360, height: narrowHeight(replay), scrubber: false } as const;
  return replay.keySteps.map(({ index }) => writeSvg(pictureOf(replay, index, options)));
}
