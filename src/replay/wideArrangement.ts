import { newResource } from './apply.ts';
import { laneCount } from './panels/laneRows.ts';
import { resourceWidth, timersWidth } from './panels/resources.ts';
import type { ThreadStyle } from './panels/thread.ts';
import { variableWidth } from './panels/variables.ts';
import { type Replay, wants } from './replay.ts';
import type { Box } from './shapes.ts';
import type { ResourceState } from './state.ts';

/** Height of a row below the lanes. */
export const rowHeight = 80;

const consoleHeight = 150;

/** Where the panels of a wide picture stand: the same for every step of a replay, so that nothing jumps. */
interface Arrangement {
  readonly code: Box | null;
  /** On the right it stands at the bottom, and may grow up to what is above it. */
  readonly console: { readonly place: 'left' | 'right'; readonly box: Box } | null;
  readonly thread: ThreadStyle | null;
  readonly lanes: Box | null;
  /** The panels below the lanes, and the field in whose lower part they stand. */
  readonly rows: readonly (readonly Below[])[];
  readonly right: Box;
}

interface Below {
  readonly item: 'timers' | ResourceState | { readonly variable: string };
  readonly width: number;
}

/** Arranges those panels that the trace fills and the author wants (`views`) in the field below the caption. */
export function arrange(replay: Replay, field: Box): Arrangement {
  const hasThread = wants(replay, 'thread') || wants(replay, 'queue');
  const hasLanes = wants(replay, 'lanes');
  const hasRight = hasThread || hasLanes || wants(replay, 'timers') || wants(replay, 'resources');
  const hasOutput = wants(replay, 'console') && replay.cast.output;
  const bottom = field.y + field.height;

  // 1. Two columns, or one where the other has nothing.
  const leftWidth = !wants(replay, 'code') ? 0 : hasRight ? Math.round(field.width * 0.398) : field.width - 2;
  const x = field.x + (leftWidth === 0 ? 0 : leftWidth + 36);
  const width = field.x + field.width - x;
  const rows = hasRight ? belowRows(replay, width) : [];

  // 2. The right column, from the top.
  const lanesTop = field.y + (hasThread ? 48 + 90 + 34 : 8);
  // Few lanes leave room for the console below them, and long code is glad of the whole column.
  const lanesNeed = hasLanes ? laneCount(replay) * 88 + 80 : 0;
  const fits = lanesTop + lanesNeed + rows.length * rowHeight + consoleHeight <= bottom;
  const below = hasOutput && hasRight && (leftWidth === 0 || (replay.data.code.length > 12 && fits));
  const rightBottom = bottom - (below ? consoleHeight + 14 : 0);
  const slotY = field.y + 48;

  // 3. The left one has what is left.
  const box = below
    ? { x, y: bottom - consoleHeight, width, height: consoleHeight }
    : leftWidth === 0
      ? field
      : { x: field.x, y: bottom - consoleHeight, width: leftWidth + 2, height: consoleHeight };
  const codeHeight = field.height - (hasOutput && !below ? consoleHeight + 20 : 0);
  return {
    code: leftWidth === 0 ? null : { x: field.x + 1, y: field.y, width: leftWidth, height: codeHeight },
    console: hasOutput ? { place: below ? 'right' : 'left', box } : null,
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
    lanes: hasLanes ? { x, y: lanesTop, width, height: rightBottom - rows.length * rowHeight - lanesTop - 4 } : null,
    rows,
    right: { x, y: lanesTop, width, height: rightBottom - lanesTop },
  };
}

/** The panels below the lanes, only those that this trace fills, in rows that its whole run will fit. */
function belowRows(replay: Replay, width: number): readonly (readonly Below[])[] {
  const items: Below[] = [];
  if (wants(replay, 'timers') && replay.cast.timers)
    items.push({ item: 'timers', width: timersWidth(replay, { size: 32, slot: 54 }) });
  for (const { made, waiters } of wants(replay, 'resources') ? replay.cast.resources : []) {
    const resource = newResource(made);
    items.push({ item: resource, width: resourceWidth(replay, resource, waiters, { size: 32, slot: 62 }) });
  }
  for (const { name, owners } of wants(replay, 'variables') ? replay.cast.variables : [])
    items.push({ item: { variable: name }, width: variableWidth(name, owners, { size: 32, slot: 62 }) });
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
