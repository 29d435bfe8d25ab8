import { clip } from '../../text/width.ts';
import { type Branch, branchesOf, groupInSight } from '../groups.ts';
import type { Replay } from '../replay.ts';
import { type Box, drawn, glyph, group, path, rect, type Shape, text, widthOf } from '../shapes.ts';
import type { State } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { lineText } from '../words.ts';

/** Sizes of a tree, in pixels. */
export interface TreeStyle {
  readonly size: number;
  readonly rowHeight: number;
}

/** Rows that are drawn at most; of more the last says how many. */
const mostRows = 6;

/** How a tree is set on a slide. */
export const wideTree: TreeStyle = { size: 32, rowHeight: 43 };

/** How it is set on a phone. */
export const narrowTree: TreeStyle = { size: 15, rowHeight: 24 };

/** Height of a tree with so many branches. */
export function treeHeight(branches: number, { size, rowHeight }: TreeStyle = wideTree): number {
  return branches === 0 ? 0 : Math.min(mostRows, branches) * rowHeight + size * 0.5;
}

/**
 * The ExceptionGroup of a step as a tree: each exception inside stands below its group, with the task and the line that
 * it comes from. Null where no group is raised.
 *
 * @param box Its height is the room that there is.
 */
export function treePanel(
  replay: Replay,
  state: State,
  box: Box,
  style: TreeStyle,
): { readonly shape: Shape; readonly height: number } | null {
  const error = groupInSight(state);
  if (!error) return null;
  const { size, rowHeight } = style;
  const all = branchesOf(replay, state.index, error);
  const room = Math.max(2, Math.min(mostRows, Math.floor((box.height - size * 0.5) / rowHeight)));
  const shown = all.length > room ? all.slice(0, room - 1) : all;
  const top = box.y + size * 0.25;
  const shapes = shown.map((branch, n) => branchRow(replay, branch, n, { ...box, y: top, height: rowHeight }, style));
  const last = shown.length;
  if (last < all.length)
    shapes.push(
      text('more', 'none', box.x + size * 1.7, top + (last + 0.5) * rowHeight + size * 0.36, `+${all.length - last}`, {
        size,
      }),
    );
  const height = treeHeight(Math.min(all.length, room), style);
  return { shape: group('tree', 'tree', [rect('panel', 'ground', { ...box, height }), ...shapes]), height };
}

/** One exception. `box` is the first row of the tree. */
function branchRow(replay: Replay, branch: Branch, n: number, box: Box, { size, rowHeight }: TreeStyle): Shape {
  const middle = rowHeight / 2;
  const baseline = middle + size * 0.36;
  const step = size * 1.25;
  const left = size * 0.9;
  const bold = { size, weight: 'bold' } as const;

  // 1. The way from the group above: an elbow, and what goes on to later siblings.
  const twigs = branch.open.map((open, level) => {
    const x = left + level * step;
    const down = open ? drawn`M${x} 0V${rowHeight}` : '';
    return level < branch.depth - 1 ? down : (down || drawn`M${x} 0V${middle}`) + drawn`M${x} ${middle}h${step * 0.62}`;
  });

  // 2. Who raised it, and where, takes its room first; then what it is.
  const from = originShape(replay, branch, size);
  const start = left + branch.depth * step;
  const typeX = start + size * 0.75;
  const type = clip(branch.type, box.width - typeX - from.width - size * 0.6, (part) => widthOf(part, bold));
  const messageX = typeX + widthOf(type, bold) + size * 0.5;
  const room = box.width - messageX - from.width - size;
  const message = room < size * 2 ? '' : clip(branch.message, room, (part) => widthOf(part, { size }));
  const originX = message === '' ? messageX : messageX + widthOf(message, { size }) + size * 0.6;

  return group(
    `r${n}`,
    branch.isGroup ? 'branch whole' : 'branch',
    [
      ...(twigs.length > 0 ? [path('twigs', 'twigs', twigs.join(''))] : []),
      glyph('glyph', 'error', start, middle, size / 32),
      text('type', 'type', typeX, baseline, type, bold),
      ...(message === '' ? [] : [text('message', 'message', messageX, baseline, message, { size })]),
      ...from.at(originX, middle),
    ],
    box.x,
    box.y + n * rowHeight,
  );
}

/** The badge of the task that raised it and the line, and how wide they are together. */
function originShape(
  replay: Replay,
  { origin }: Branch,
  size: number,
): { readonly width: number; readonly at: (x: number, middle: number) => readonly Shape[] } {
  if (!origin) return { width: 0, at: () => [] };
  const { task, line } = origin;
  const bold = { size, weight: 'bold' } as const;
  const label = task === null ? null : (replay.labels.get(task) ?? '?');
  const place = line === null ? '' : lineText(line, replay.data.lang);
  const badge = label === null ? 0 : widthOf(label, bold) + size * 0.7;
  const height = size * 1.16;
  const shapes = [
    ...(label === null
      ? []
      : [
          rect('box', '', { x: 0, y: -height / 2, width: badge, height }),
          text('label', 'label', badge / 2, size * 0.36, label, { ...bold, anchor: 'middle' }),
        ]),
    text('line', 'line', badge + size * 0.3, size * 0.36, place, { size }),
  ];
  const at = (x: number, middle: number) => {
    const shape = group('origin', 'origin', shapes, x, middle);
    return [task === null ? shape : standingFor(shape, { kind: 'task', id: task })];
  };
  return { width: badge + size * 0.3 + widthOf(place, { size }), at };
}
