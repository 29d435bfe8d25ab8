import { newResource } from './apply.ts';
import type { Axis } from './axis.ts';
import { codePanel } from './panels/code.ts';
import { consolePanel } from './panels/console.ts';
import { laneCount } from './panels/laneRows.ts';
import { lanesPanel } from './panels/lanes.ts';
import { resourcePanel, resourceWidth, timersPanel, timersWidth } from './panels/resources.ts';
import { scrubberPanel } from './panels/scrubber.ts';
import { simulatedLabel } from './panels/simulated.ts';
import { cards, type ThreadStyle, threadPanel } from './panels/thread.ts';
import type { LayoutOptions } from './picture.ts';
import type { Replay } from './replay.ts';
import { type Box, fittingSize, type Shape, text, widthOf } from './shapes.ts';
import type { ResourceState, State } from './state.ts';

/** Height of a row below the lanes. */
const rowHeight = 80;

/** Where the lanes begin, below the thread's slot, in a right column that begins at `top`. */
const lanesTop = (top: number) => top + 48 + 90 + 34;

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
  const top = 78;
  const bottom = options.scrubber ? height - 76 : height;
  const leftWidth = Math.round(width * 0.398);
  const hasOutput = replay.cast.output;
  const consoleHeight = 150;
  const x = leftWidth + 36;
  const right = width - x;
  const rows = belowRows(replay, right);
  // Few lanes leave room for the console below them, and long code is glad of the whole column.
  const lanesNeed = laneCount(replay) * 88 + rows.length * rowHeight + 80;
  const asideOfCode = hasOutput && replay.data.code.length > 12 && lanesTop(top) + lanesNeed + consoleHeight <= bottom;
  const codeBox = {
    x: 1,
    y: top,
    width: leftWidth,
    height: bottom - top - (hasOutput && !asideOfCode ? consoleHeight + 20 : 0),
  };
  shapes.push(
    codePanel(replay, state, codeBox, {
      sizes: [30, 28, 26, 24],
      lineHeights: [36, 46],
      rows: 16,
      indent: 68,
      badge: { height: 36, size: 26 },
      padding: 12,
      edge: 8,
    }),
  );
  const console = (box: Box) => {
    const lines = Math.max(3, Math.floor((box.height - 24) / 42));
    return consolePanel(replay, state, box, { size: 28, lineHeight: 42, rows: lines, title: true });
  };
  if (hasOutput && !asideOfCode)
    shapes.push(console({ x: 0, y: bottom - consoleHeight, width: leftWidth + 2, height: consoleHeight }));

  // 3. The right column: thread, lanes, then what they wait for.
  const slotY = top + 48;
  const thread: ThreadStyle = {
    slot: { x, y: slotY, width: 264, height: 90 },
    queue: { x: x + 340, y: slotY, width: right - 341, height: 90 },
    labelSize: 30,
    cardSize: 42,
    chipSize: 36,
    chip: { height: 66, least: 92, padding: 22, gap: 12 },
    headings: true,
    queued: replay.labels.size > 0,
  };
  const belowTop = bottom - rows.length * rowHeight - (asideOfCode ? consoleHeight + 14 : 0);
  const lanes = lanesPanel(
    replay,
    state,
    axis,
    { x, y: lanesTop(top), width: right, height: belowTop - lanesTop(top) - 4 },
    {
      most: 6,
      laneHeights: [48, replay.labels.size > 0 ? 124 : 150],
      reasonWidth: 372,
      size: 32,
      slots: [22, 64],
      followed: options.followed,
    },
  );
  shapes.push(threadPanel(replay, state, thread), lanes.shape);
  shapes.push(...simulatedLabel(replay, { x: width - 2, y: slotY - 46, height: 36 }, 26));
  rows.forEach((row, n) => {
    // Rows hang below the lanes when these leave room, so that what belongs together stands together.
    const y = Math.min(belowTop, lanes.bottom + 34) + n * rowHeight;
    let left = x;
    for (const { item, width: share } of row) {
      const box = { x: left, y, width: share, height: rowHeight };
      const resource = item === 'timers' ? null : (state.resources.get(item.id) ?? item);
      shapes.push(
        resource
          ? resourcePanel(replay, state, resource, box, { size: 32, slot: 62 })
          : timersPanel(replay, state, box, { size: 32, slot: 54 }),
      );
      left += share + 32;
    }
  });
  if (asideOfCode) {
    const height = Math.min(276, bottom - lanes.bottom - 34 - rows.length * rowHeight - 14);
    shapes.push(console({ x, y: bottom - height, width: right, height: Math.max(consoleHeight, height) }));
  }
  shapes.push(cards(replay, state, thread, lanes.ends));
  if (options.scrubber) shapes.push(scrubberPanel(replay, state.index, wideTrack(width, height)));
  return shapes;
}

type Below = { readonly item: 'timers' | ResourceState; readonly width: number };

/** The panels below the lanes, only those that this trace fills, in rows that its whole run will fit. */
function belowRows(replay: Replay, width: number): readonly (readonly Below[])[] {
  const items: Below[] = [];
  if (replay.cast.timers) items.push({ item: 'timers', width: timersWidth(replay, { size: 32, slot: 54 }) });
  for (const { made, waiters } of replay.cast.resources) {
    const resource = newResource(made);
    items.push({ item: resource, width: resourceWidth(replay, resource, waiters, { size: 32, slot: 62 }) });
  }
  const rows: Below[][] = [];
  let used = 0;
  for (const item of items) {
    const row = rows.at(-1);
    if (row && used + 32 + item.width <= width) {
      row.push(item);
      used += 32 + item.width;
    } else {
      if (rows.length === 3) break;
      rows.push([item]);
      used = item.width;
    }
  }
  // The last of a row takes what is left of it.
  return rows.map((row) =>
    row.map((item, n) => {
      const before = row.slice(0, n).reduce((sum, other) => sum + other.width + 32, 0);
      return n === row.length - 1 ? { ...item, width: width - before } : item;
    }),
  );
}
