import type { Axis } from './axis.ts';
import { codePanel } from './panels/code.ts';
import type { CodeStyle } from './panels/codeSetting.ts';
import { connectors, gutter } from './panels/connectors.ts';
import { consolePanel } from './panels/console.ts';
import { lanesPanel } from './panels/lanes.ts';
import { type ResourcePicture, resourcePanel } from './panels/resources.ts';
import { scrubberPanel } from './panels/scrubber.ts';
import { simulatedLabel } from './panels/simulated.ts';
import { cards, threadPanel } from './panels/thread.ts';
import { timersPanel } from './panels/timers.ts';
import { transfersPanel } from './panels/transfers.ts';
import { treePanel, wideTree } from './panels/tree.ts';
import { variablePanel } from './panels/variables.ts';
import type { LayoutOptions } from './picture.ts';
import type { Replay } from './replay.ts';
import { type Box, fittingSize, type Shape, text, widthOf } from './shapes.ts';
import type { State } from './state.ts';
import { arrange, consoleHeight, mostLanes, rowHeight } from './wideArrangement.ts';

/** How the code of the wide picture is set, in the pixels of a slide. */
export const wideCode: CodeStyle = {
  sizes: [36, 33, 30, 28, 26, 24],
  folded: 30,
  lineHeights: [36, 54],
  rows: 20,
  folds: true,
  indent: 68,
  badge: { height: 36, size: 26 },
  padding: 12,
  edge: 8,
};

/** Track of the wide scrubber, inside of a stage of `width` × `height`. */
export function wideTrack(width: number, height: number): Box {
  return { x: 114, y: height - 56, width: width - 114 - 28, height: 56 };
}

/** The picture for a slide or a wide page: everything at once, read from the caption clockwise. */
export function widePicture(replay: Replay, state: State, axis: Axis, options: LayoutOptions): Shape[] {
  const { width, height } = options;
  const shapes: Shape[] = [];

  // 1. The top row: caption, step, clock.
  const clock = replay.clock(state.index);
  const timeWidth = widthOf(clock.time, { size: 54, weight: 'bold' });
  const stepWidth = widthOf(clock.text, { size: 32 });
  const caption = replay.caption(state.index);
  const room = width - timeWidth - stepWidth - 90;
  shapes.push(text('caption', 'caption', 0, 42, caption, { size: fittingSize(caption, room, [40, 38, 36, 34, 32]) }));
  shapes.push(text('step', 'step', width - timeWidth - 28, 42, clock.text, { size: 32, anchor: 'end' }));
  shapes.push(text('clock', 'clock', width, 44, clock.time, { size: 54, weight: 'bold', anchor: 'end' }));

  // 2. The left column: code, and the console where the block prints at all.
  const field = { x: 0, y: 78, width, height: (options.scrubber ? height - 76 : height) - 78 };
  const { code, console, right, thread, lanes, rows, tree } = arrange(replay, field);
  if (code) shapes.push(codePanel(replay, state, code, wideCode));
  const output = (box: Box) => {
    const lines = Math.max(2, Math.floor((box.height - 24) / 42));
    return consolePanel(replay, state, box, { size: 28, lineHeight: 42, rows: lines, title: true });
  };
  if (console && console.place !== 'right') shapes.push(output(console.box));

  // 3. The right column: thread, lanes, then what they wait for.
  const drawn = lanes
    ? lanesPanel(replay, state, axis, lanes, {
        most: mostLanes,
        laneHeights: [48, replay.labels.size > 0 ? 124 : 150],
        reasonWidth: 372,
        gutter: replay.cast.resources.length > 0 ? gutter : 0,
        size: 32,
        slots: [22, 64],
        followed: options.followed,
      })
    : null;
  if (thread) shapes.push(threadPanel(replay, state, thread, drawn !== null && !drawn.tellsBlock));
  if (drawn) shapes.push(drawn.shape);
  shapes.push(...simulatedLabel(replay, { x: width - 2, y: field.y + 2, height: 36 }, 26));
  // Rows hang below the lanes when these leave room, so that what belongs together stands together.
  const lanesEnd = drawn ? drawn.bottom + 34 : right.y;
  const below = rows.length * rowHeight + (tree && !tree.overRows ? tree.height : 0);
  const rowsTop = Math.min(right.y + right.height - Math.max(below, tree?.height ?? 0), lanesEnd);
  const treeTop = rowsTop + (tree?.overRows ? 0 : rows.length * rowHeight);
  const treeBox = { x: right.x, y: treeTop, width: right.width - 2, height: tree?.height ?? 0 };
  const drawnTree = tree ? treePanel(replay, state, treeBox, wideTree) : null;
  if (drawnTree) shapes.push(drawnTree.shape);
  const resources = new Map<number, ResourcePicture>();
  const shownRows = drawnTree && tree?.overRows ? [] : rows;
  shownRows.forEach((row, n) => {
    const y = rowsTop + n * rowHeight;
    let left = right.x;
    for (const { item, width: share } of row) {
      const box = { x: left, y, width: share, height: rowHeight };
      const style = { size: 32, slot: item === 'timers' || item === 'transfers' ? 54 : 62 };
      if (item === 'timers') shapes.push(timersPanel(replay, state, box, style));
      else if (item === 'transfers') shapes.push(transfersPanel(replay, state, box, style));
      else if ('variable' in item) shapes.push(variablePanel(replay, state, item.variable, box, style));
      else {
        const picture = resourcePanel(replay, state, state.resources.get(item.id) ?? item, box, style);
        shapes.push(picture.shape);
        resources.set(item.id, picture);
      }
      left += share + 32;
    }
  });
  if (drawn) shapes.push(...connectors(replay, state, drawn.words, resources, right.x + right.width));
  if (console?.place === 'right') {
    const bottom = console.box.y + console.box.height;
    const free = Math.max(
      console.box.height,
      Math.min(consoleHeight(replay, 276), bottom - (rowsTop + Math.max(below, tree?.height ?? 0)) - 14),
    );
    shapes.push(output({ ...console.box, y: bottom - free, height: free }));
  }
  if (thread) shapes.push(cards(replay, state, thread, drawn?.ends ?? new Map()));
  if (options.scrubber) shapes.push(scrubberPanel(replay, state.index, wideTrack(width, height)));
  return shapes;
}
