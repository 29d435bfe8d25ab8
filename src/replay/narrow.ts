import { sansWidth } from '../text/width.ts';
import type { EventOf } from '../trace/events.ts';
import type { Axis } from './axis.ts';
import { codePanel } from './panels/code.ts';
import { consolePanel } from './panels/console.ts';
import { narrowRows, rowHeight, shownRows } from './panels/narrowRows.ts';
import { resourcePanel } from './panels/resources.ts';
import { simulatedLabel } from './panels/simulated.ts';
import { cards, type ThreadStyle, threadPanel } from './panels/thread.ts';
import { narrowTree, treeHeight, treePanel } from './panels/tree.ts';
import type { LayoutOptions } from './picture.ts';
import { type Replay, wants } from './replay.ts';
import { newResource } from './resourceChanges.ts';
import { type Box, group, path, rect, type Shape, text, vertical } from './shapes.ts';
import type { State } from './state.ts';
import { wrapped } from './wrapped.ts';

/** Height of a Semaphore, a Queue … below the tasks. */
const resourceHeight = 40;
const margin = 16;

/** Track of the narrow scrubber, which is the lanes themselves, thin, at the bottom of the picture. */
export function narrowTrack(width: number, height: number): Box {
  return { x: margin, y: height - 42, width: width - 2 * margin, height: 34 };
}

const captionHeight = 100;

/** What the panels that this replay shows take of its height, in pixels. */
function heights(replay: Replay): {
  readonly thread: number;
  readonly code: number;
  readonly tree: number;
  readonly output: number;
} {
  return {
    thread: wants(replay, 'thread') || wants(replay, 'queue') ? 54 : 0,
    code: wants(replay, 'code') ? 5 * 24 + 4 : 0,
    tree: wants(replay, 'lanes') ? treeHeight(replay.cast.branches, narrowTree) : 0,
    output: wants(replay, 'console') && replay.cast.outputRows > 0 ? 60 : 0,
  };
}

/** Height at which the narrow picture without its scrubber has a row for every task and thread, or eight. */
export function narrowHeight(replay: Replay): number {
  const { code, thread, tree, output } = heights(replay);
  const resources = wants(replay, 'resources') ? Math.min(3, replay.cast.resources.length) : 0;
  // A group's tree stands where tasks stand that have come to rest: one row is left to who raises it.
  const middle = Math.max(shownRows(replay) * rowHeight, tree === 0 ? 0 : tree + rowHeight);
  return captionHeight + thread + code + middle + resources * resourceHeight + output;
}

/** The picture for a phone: one column, read from the clock downwards. */
export function narrowPicture(replay: Replay, state: State, axis: Axis, options: LayoutOptions): Shape[] {
  const { width, height } = options;
  const shapes: Shape[] = [];

  // 1. Both clocks and the caption, two lines at most.
  const clock = replay.clock(state.index);
  shapes.push(text('clock', 'clock', margin, 34, clock.time, { size: 24, weight: 'bold' }));
  const step = width - margin - sansWidth(clock.text, 15) - 12;
  shapes.push(...simulatedLabel(replay, { x: step, y: 17, height: 22 }, 13));
  shapes.push(text('step', 'step', width - margin, 34, clock.text, { size: 15, anchor: 'end' }));
  for (const [n, line] of wrapped(replay.caption(state.index), width - 2 * margin, 16).entries())
    shapes.push(text(`caption${n}`, 'caption', margin, 61 + n * 23, line, { size: 16 }));

  // 2. The thread and its queue.
  const has = heights(replay);
  const top = captionHeight;
  const thread: ThreadStyle = {
    slot: { x: margin, y: top, width: 108, height: 40 },
    queue: { x: 154, y: top, width: width - 154 - margin, height: 40 },
    labelSize: 14,
    cardSize: 20,
    chipSize: 16,
    chip: { height: 30, least: 38, padding: 10, gap: 6 },
    headings: false,
    queued: wants(replay, 'queue') && replay.labels.size > 0,
  };
  if (has.thread > 0) shapes.push(threadPanel(replay, state, thread));

  // 3. Five lines of code around the run.
  const codeTop = top + has.thread;
  const codeBox = { x: -2, y: codeTop, width: width + 4, height: 5 * 24 + 2 };
  if (has.code > 0)
    shapes.push(
      codePanel(replay, state, codeBox, {
        sizes: [14, 13, 12],
        folded: 14,
        lineHeights: [24, 24],
        rows: 5,
        folds: false,
        indent: 40,
        badge: { height: 20, size: 13 },
        padding: 1,
        edge: 4,
      }),
    );

  // 4. From the bottom up: scrubber, console; what is left between is for the tasks.
  const track = narrowTrack(width, height);
  const hasOutput = has.output > 0;
  const consoleBox = { x: 0, y: (options.scrubber ? track.y - 10 : height) - 60, width, height: 60 };
  const treeTop = codeTop + (has.code > 0 ? codeBox.height : 0);
  const treeBox = { x: 0, y: treeTop, width, height: has.tree };
  const tree = has.tree > 0 ? treePanel(replay, state, treeBox, narrowTree) : null;
  if (tree) shapes.push(tree.shape);
  const rowsTop = treeTop + (tree?.height ?? 0);
  const rowsBottom = (hasOutput ? consoleBox.y : options.scrubber ? track.y - 10 : height) - 2;
  const below = resourceRows(replay, rowsBottom - treeTop);
  // They stand below the rows of all tasks that there will ever be, so that what belongs together stands together.
  const allRows = rowsTop + shownRows(replay) * rowHeight + 8;
  const belowTop = Math.min(rowsBottom - below.length * resourceHeight, allRows);
  for (const [n, made] of below.entries()) {
    const y = belowTop + n * resourceHeight;
    const box = { x: margin, y, width: width - 2 * margin, height: resourceHeight };
    const resource = state.resources.get(made.r) ?? newResource(made);
    shapes.push(resourcePanel(replay, state, resource, box, { size: 16, slot: 30 }).shape);
  }
  const tasksBottom = below.length > 0 ? belowTop : rowsBottom;
  const rows = narrowRows(replay, state, { x: 0, y: rowsTop, width, height: tasksBottom - rowsTop }, options.followed);
  if (wants(replay, 'lanes') && tasksBottom - rowsTop >= rowHeight) shapes.push(rows.shape);
  if (hasOutput)
    shapes.push(consolePanel(replay, state, consoleBox, { size: 14, lineHeight: 22, rows: 2, title: false }));
  if (options.scrubber) shapes.push(strip(replay, state, axis, track));
  if (has.thread > 0) shapes.push(cards(replay, state, thread, wants(replay, 'lanes') ? rows.ends : new Map()));
  return shapes;
}

/** The resources that have room below a row for every task: the same for the whole replay. */
function resourceRows(replay: Replay, height: number): readonly EventOf<'res+'>[] {
  if (!wants(replay, 'resources')) return [];
  const free = height - shownRows(replay) * rowHeight;
  return replay.cast.resources.slice(0, Math.max(0, Math.floor(free / resourceHeight))).map(({ made }) => made);
}

/** All lanes, thin, with the thread's holder dark: the shape of the run, and the slider to move in it. */
export function strip(replay: Replay, state: State, axis: Axis, box: Box): Shape {
  const scale = (position: number) => box.x + (position / Math.max(axis.length, 1e-9)) * box.width;
  const now = scale(axis.position(state.index));
  const count = Math.max(1, Math.min(8, replay.labels.size));
  const pitch = Math.min(6, (box.height - 2) / count);
  const top = box.y + (box.height - count * pitch) / 2;
  let idle = '';
  let busy = '';
  const ids = [...replay.labels.keys()].slice(0, count);
  for (const [n, id] of (ids.length > 0 ? ids : [0]).entries()) {
    const y = Math.round((top + n * pitch) * 10) / 10;
    const bar = (from: number, to: number) =>
      `M${Math.round(from * 10) / 10} ${y}h${Math.round(Math.max(1.5, to - from) * 10) / 10}v${Math.round(pitch * 7) / 10}H${Math.round(from * 10) / 10}z`;
    idle += bar(box.x, now);
    for (const span of replay.history.spans(id, state.index))
      if (span.status === 'running' && span.from <= state.index)
        busy += bar(
          scale(axis.position(span.from - 1)),
          Math.min(now, scale(axis.position(Math.min(span.to, state.index)))),
        );
    if (id === 0) busy += bar(box.x, now);
  }
  const held = axis.gaps
    .filter((gap) => gap.blocked && gap.index <= state.index)
    .map((gap) =>
      rect(`h${gap.index}`, 'held', {
        x: scale(gap.from),
        y: box.y,
        width: scale(gap.to) - scale(gap.from),
        height: box.height,
      }),
    );
  const middle = box.y + box.height / 2;
  return group('scrubber', 'strip', [
    rect('ground', 'ground', { ...box, height: box.height }),
    path('idle', 'idle', idle),
    path('busy', 'busy', busy),
    group('held', '', held),
    vertical('now', 'now', now, box.y - 2, box.y + box.height + 2),
    { key: 'knob', tag: 'circle', attributes: { class: 'knob', cx: now, cy: middle, r: 10 } },
  ]);
}
