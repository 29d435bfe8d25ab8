import { groupInSight } from './groups.ts';
import { pairWidth } from './pair.ts';
import { consolePanel } from './panels/console.ts';
import { laneCount } from './panels/laneRows.ts';
import { lanesPanel } from './panels/lanes.ts';
import { treePanel } from './panels/tree.ts';
import type { Picture } from './picture.ts';
import { type Replay, wants } from './replay.ts';
import { type Shape, text } from './shapes.ts';
import { words } from './words.ts';

const width = 2 * pairWidth + 34;
const size = 24;
const lineHeight = 32;

/** The last state on the true time axis, where a second is as wide as every other, above what the program printed. */
export function paperTimeline(replay: Replay): Picture {
  const w = words[replay.data.lang];
  const last = replay.trace.events.length - 1;
  const state = replay.stateAt(last);
  const shapes: Shape[] = [text('title', 'heading', 2, 26, w.wholeRun, { size })];
  let y = 44;
  if (wants(replay, 'lanes')) {
    const rows = Math.min(8, laneCount(replay));
    const box = { x: 16, y: y + 6, width: width - 32, height: rows * 46 + size * 1.5 };
    const { shape } = lanesPanel(replay, state, replay.proportional, box, {
      most: 8,
      laneHeights: [46, 46],
      reasonWidth: 320,
      gutter: 0,
      size,
      slots: [0, Number.POSITIVE_INFINITY],
      followed: null,
    });
    shapes.push(shape);
    y += box.height + 26;
  }
  const raising = [last, ...replay.keySteps.map(({ index }) => index).reverse()]
    .map((index) => replay.stateAt(index))
    .find((at) => groupInSight(at) !== null);
  if (raising && wants(replay, 'lanes')) {
    const tree = treePanel(
      replay,
      raising,
      { x: 2, y, width: width - 4, height: 6 * 34 + size },
      { size, rowHeight: 34 },
    );
    if (tree) shapes.push(tree.shape);
    y += (tree?.height ?? 0) + 16;
  }
  if (wants(replay, 'console') && replay.cast.outputRows > 0) {
    const rows = Math.min(14, replay.cast.outputRows);
    const box = { x: 2, y, width: width - 4, height: rows * lineHeight + 20 };
    shapes.push(consolePanel(replay, state, box, { size: 22, lineHeight, rows, title: true }));
    y += box.height + 4;
  }
  return {
    attributes: {
      viewBox: `0 0 ${width} ${Math.round(y)}`,
      class: 'loopreel wide',
      role: 'img',
      'aria-label': w.wholeRun,
    },
    shapes,
  };
}
