import { columns } from '../text/width.ts';
import { lineText } from './panels/codeRows.ts';
import { laneCount } from './panels/laneRows.ts';
import { resourceWidth } from './panels/resources.ts';
import type { ThreadStyle } from './panels/thread.ts';
import { timersWidth } from './panels/timers.ts';
import { transfersWidth } from './panels/transfers.ts';
import { treeHeight } from './panels/tree.ts';
import { variableWidth } from './panels/variables.ts';
import { type Replay, wants } from './replay.ts';
import { newResource } from './resourceChanges.ts';
import type { Box } from './shapes.ts';
import type { ResourceState } from './state.ts';

/** Rows below the lanes at most. */
const mostRows = 3;
/** Height of a row below the lanes. */
export const rowHeight = 80;

/** Lanes that are drawn at most. */
export const mostLanes = 6;
/** Share of the width that code takes beside other panels. */
const codeShare = 0.43;
/** Between the console and what is above it. */
const gap = 16;

/** Where the panels of a wide picture stand: the same for every step of a replay, so that nothing jumps. */
interface Arrangement {
  readonly code: Box | null;
  /** In a column of its own it stands at the bottom; on the right it may grow up to what is above it. */
  readonly console: { readonly place: 'left' | 'right' | 'below'; readonly box: Box } | null;
  readonly thread: ThreadStyle | null;
  readonly lanes: Box | null;
  /** The panels below the lanes, and the field in whose lower part they stand. */
  readonly rows: readonly (readonly Below[])[];
  readonly right: Box;
  /** Height for the tree of an ExceptionGroup, below the rows or in their place; null without groups. */
  readonly tree: { readonly height: number; readonly overRows: boolean } | null;
}

interface Below {
  readonly item: 'timers' | 'transfers' | ResourceState | { readonly variable: string };
  readonly width: number;
}

/** Height of a console for all that is ever printed, from two rows to `most` pixels: dark emptiness says nothing. */
export function consoleHeight(replay: Replay, most: number): number {
  return Math.min(most, 24 + 42 * Math.max(2, replay.cast.outputRows));
}

/** Arranges those panels that the trace fills and the author wants (`views`) in the field below the caption. */
export function arrange(replay: Replay, field: Box): Arrangement {
  const hasThread = wants(replay, 'thread') || wants(replay, 'queue');
  const hasLanes = wants(replay, 'lanes');
  const hasRight = hasThread || hasLanes || wants(replay, 'timers') || wants(replay, 'resources');
  const hasOutput = wants(replay, 'console') && replay.cast.outputRows > 0;
  const bottom = field.y + field.height;

  // 1. Two columns, or one where the other has nothing.
  const leftWidth = !wants(replay, 'code') ? 0 : hasRight ? Math.round(field.width * codeShare) : field.width - 2;
  const x = field.x + (leftWidth === 0 ? 0 : leftWidth + 36);
  const width = field.x + field.width - x;
  const rows = hasRight ? belowRows(replay, width) : [];

  // 2. The console goes where there is room: below both columns, below the lanes, else below the code.
  const lanesTop = field.y + (hasThread ? 48 + 90 + 34 : 8);
  const lanesNeed = (each: number) => lanesTop - field.y + (hasLanes ? laneCount(replay) * each + 76 : 0);
  const tree = hasRight ? treeRoom(replay, field.height - (lanesTop - field.y), rows.length) : null;
  const rowsNeed = tree?.overRows
    ? Math.max(rows.length * rowHeight, tree.height)
    : rows.length * rowHeight + (tree?.height ?? 0);
  const codeLines = codeRows(replay, leftWidth);
  const least = consoleHeight(replay, 150);
  const columnsNeed = Math.max(codeLines * 46 + 24, lanesNeed(112) + rowsNeed);
  const free = (need: number) => field.height - need - gap;
  const place =
    leftWidth > 0 && hasRight && free(columnsNeed) >= least
      ? 'below'
      : hasRight && (leftWidth === 0 || (codeLines > 12 && free(lanesNeed(88) + rowsNeed) >= least))
        ? 'right'
        : 'left';
  const height = place === 'below' ? Math.min(consoleHeight(replay, 276), free(columnsNeed)) : least;
  const [consoleX, consoleWidth] =
    place === 'right' ? [x, width] : [field.x, place === 'below' || leftWidth === 0 ? field.width : leftWidth + 2];
  const box = { x: consoleX, y: bottom - height, width: consoleWidth, height };

  // 3. The columns have what it leaves.
  const taken = (column: 'left' | 'right') => (hasOutput && (place === 'below' || place === column) ? height + gap : 0);
  const rightBottom = bottom - taken('right');
  const slotY = field.y + 48;
  return {
    code:
      leftWidth === 0 ? null : { x: field.x + 1, y: field.y, width: leftWidth, height: field.height - taken('left') },
    console: hasOutput ? { place, box: leftWidth === 0 && !hasRight ? field : box } : null,
    thread: hasThread
      ? {
          slot: { x, y: slotY, width: 264, height: 90 },
          queue: { x: x + 340, y: slotY, width: width - 341, height: 90 },
          labelSize: 30,
          cardSize: 42,
          chipSize: 36,
          chip: { height: 66, least: 92, padding: 22, gap: 12 },
          headings: true,
          queued: wants(replay, 'queue') && replay.labels.size > 0,
        }
      : null,
    lanes: hasLanes ? { x, y: lanesTop, width, height: rightBottom - rowsNeed - lanesTop - 4 } : null,
    tree,
    rows,
    right: { x, y: lanesTop, width, height: rightBottom - lanesTop },
  };
}

/** Room for a group's tree: where lanes, rows and tree do not fit below each other, it takes the place of the rows. */
function treeRoom(replay: Replay, space: number, rows: number): Arrangement['tree'] {
  const wanted = treeHeight(replay.cast.branches) + gap;
  if (replay.cast.branches === 0) return null;
  const lanes = (each: number) => (wants(replay, 'lanes') ? Math.min(mostLanes, laneCount(replay)) * each + 52 : 0);
  const overRows = lanes(56) + rows * rowHeight + wanted > space;
  return { height: Math.min(wanted, space - lanes(48) - (overRows ? 0 : rows * rowHeight)), overRows };
}

/** Rows that the code takes in a column of some width, long lines wrapped at the smallest size. */
function codeRows(replay: Replay, width: number): number {
  const columnsThatFit = Math.max(1, Math.floor((width - 90) / 12));
  return replay.data.code.reduce(
    (sum, line) => sum + Math.ceil(Math.max(1, columns(lineText(line))) / columnsThatFit),
    0,
  );
}

/** The panels below the lanes, only those that this trace fills, in rows that its whole run will fit. */
function belowRows(replay: Replay, width: number): readonly (readonly Below[])[] {
  const items: Below[] = [];
  if (wants(replay, 'timers') && replay.cast.timers)
    items.push({ item: 'timers', width: timersWidth(replay, { size: 32, slot: 54 }) });
  if (wants(replay, 'resources') && replay.cast.transfers !== null)
    items.push({ item: 'transfers', width: transfersWidth(replay, { size: 32, slot: 54 }) });
  for (const { made, waiters } of wants(replay, 'resources') ? replay.cast.resources : []) {
    const resource = newResource(made);
    items.push({ item: resource, width: resourceWidth(replay, resource, waiters, { size: 32, slot: 62 }) });
  }
  for (const { name, owners } of wants(replay, 'variables') ? replay.cast.variables : [])
    items.push({ item: { variable: name }, width: variableWidth(name, owners, { size: 32, slot: 62 }) });
  const packed = packedRows(items, width);
  // What belongs together stands beside each other where that takes no more rows.
  const [first, ...others] = items;
  const apart = first?.item === 'timers' ? [[first], ...packedRows(others, width)] : packed;
  const rows = (apart.length <= packed.length ? apart : packed).slice(0, mostRows);
  // The last of a row takes what is left of it.
  return rows.map((row) =>
    row.map((item, n) => {
      const before = row.slice(0, n).reduce((sum, other) => sum + other.width + 32, 0);
      return n === row.length - 1 ? { ...item, width: width - before } : item;
    }),
  );
}

/** Fills row after row, in order. */
function packedRows(items: readonly Below[], width: number): readonly (readonly Below[])[] {
  const rows: Below[][] = [];
  let used = 0;
  for (const item of items) {
    const row = rows.at(-1);
    if (row && used + 32 + item.width <= width) {
      row.push(item);
      used += 32 + item.width;
    } else {
      rows.push([item]);
      used = item.width;
    }
  }
  return rows;
}
