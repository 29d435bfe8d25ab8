import { drawReplay } from './draw.ts';
import type { Replay } from './replay.ts';

/** Height of the narrow picture without its tasks, and of each task's row, in pixels. */
const fixedHeight = 338;
const rowHeight = 48;

/**
 * A picture of every key step in one column, 360 wide, as high as its tasks need: six of them fill a sheet of A4 at a
 * size that can be read.
 *
 * @param document Any document; jsdom's will do. Nothing is attached to it.
 * @returns Whole `<svg>` elements, all of one height, in the order of the key steps.
 */
export function makeFrames(document: Document, replay: Replay): readonly string[] {
  const most = Math.max(1, ...replay.keySteps.map(({ index }) => replay.stateAt(index).tasks.size));
  const height = fixedHeight + rowHeight * Math.min(most, 6);
  return replay.keySteps.map(({ index }, n) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('id', `${replay.data.id}-frame-${n + 1}`);
    drawReplay(svg, replay, index, { layout: 'narrow', width: 360, height, scrubber: false });
    return svg.outerHTML;
  });
}
