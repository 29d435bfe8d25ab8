import type { EventOf } from '../../trace/events.ts';
import type { Replay } from '../replay.ts';
import { type Box, group, rect, type Shape, text, widthOf } from '../shapes.ts';
import { standingFor } from '../subjects.ts';

/** Sizes of a row below the lanes, in pixels. */
export interface RowStyle {
  readonly size: number;
  /** Height of a slot; chairs are a little smaller. */
  readonly slot: number;
}

/** A row that is filled from the left. */
export interface Row {
  readonly shapes: Shape[];
  /** Where tasks sit in it. */
  readonly seats: Map<number, Box>;
  /** Where something goes into it or out of it, by the operation that does so; `whole` for all others. */
  readonly ports: Map<EventOf<'res'>['op'] | 'whole', Box>;
  readonly style: RowStyle;
  readonly middle: number;
  /** Where the next thing stands, and where the room ends. */
  x: number;
  readonly end: number;
}

export function newRow(box: Box, style: RowStyle): Row {
  return {
    shapes: [],
    seats: new Map(),
    ports: new Map(),
    style,
    middle: box.y + box.height / 2,
    x: box.x,
    end: box.x + box.width,
  };
}

/** Words in the row, and behind them a gap, in pixels of a row whose slots are 62 high. */
export function addWords(row: Row, key: string, name: string, content: string, gap: number, weight?: 'bold'): void {
  const style = { size: row.style.size, ...(weight ? { weight } : {}) };
  const width = widthOf(content, style);
  // What finds no room is left out, rather than cut off.
  if (row.x + width <= row.end + 2)
    row.shapes.push(text(key, name, row.x, row.middle + style.size * 0.36, content, style));
  row.x += width + (gap * row.style.slot) / 62;
}

/** A box for one: who has it, whom it was given, or what lies in it. */
export function addSlot(
  row: Row,
  key: string,
  kind: 'owned' | 'granted' | 'filled' | 'item' | 'free',
  occupant: { readonly task?: number; readonly label: string } | null,
  least = row.style.slot,
): Box {
  const { size, slot } = row.style;
  const width = Math.max(least, occupant ? chairWidth(occupant.label, row.style) : 0);
  const children = [rect('box', '', { x: 0, y: 0, width, height: slot })];
  if (occupant)
    children.push(
      text('label', '', width / 2, slot / 2 + size * 0.36, occupant.label, { size, weight: 'bold', anchor: 'middle' }),
    );
  const y = row.middle - slot / 2;
  // The first slot stands for all; that of a condition's lock only for giving it back.
  const place = { x: row.x, y, width, height: slot };
  for (const port of ['whole', 'release'] as const) if (!row.ports.has(port)) row.ports.set(port, place);
  if (row.x + width > row.end + 2) return place;
  const shape = group(key, `permit ${kind}`, children, row.x, y);
  const task = occupant?.task;
  row.shapes.push(task === undefined ? shape : standingFor(shape, { kind: 'task', id: task }));
  if (task !== undefined) row.seats.set(task, place);
  row.x += width + slot / 8;
  return place;
}

/** Those who wait, first in line first, on numbered chairs; those without room are counted. */
export function addChairs(
  row: Row,
  replay: Replay,
  key: string,
  tasks: readonly number[],
  numbered: boolean,
  order: 'first first' | 'last first' = 'first first',
): void {
  const places = [...tasks.keys()];
  for (const [n, at] of (order === 'last first' ? places.reverse() : places).entries()) {
    const id = tasks[at] ?? 0;
    const label = replay.labels.get(id) ?? '?';
    const place = numbered && tasks.length > 1 ? at + 1 : null;
    const width = chairWidth(label, row.style, place);
    const rest = tasks.length - n;
    if (row.x + width > row.end - (rest > 1 ? 1.7 * row.style.size : 0)) {
      addWords(row, `${key} more`, 'none', `+${rest}`, 8);
      return;
    }
    const height = row.style.slot * 0.8;
    const seat = chair(`${key}${id}`, label, row.x, row.middle, row.style, place);
    row.shapes.push(standingFor(seat, { kind: 'task', id }));
    row.seats.set(id, { x: row.x, y: row.middle - height / 2, width, height });
    row.x += width + row.style.slot / 8;
  }
}

/** One chair with its left edge at `x`, and the number of its place in the line. */
export function chair(
  key: string,
  label: string,
  x: number,
  middle: number,
  style: RowStyle,
  place: number | null = null,
): Shape {
  const { size, slot } = style;
  const [width, height] = [chairWidth(label, style, place), slot * 0.8];
  const baseline = height / 2 + size * 0.36;
  const shift = placeWidth(style, place);
  return group(
    key,
    'badge waiting',
    [
      rect('box', '', { x: 0, y: 0, width, height }),
      ...(place === null ? [] : [text('place', 'place', size * 0.3, baseline, String(place), { size: size * 0.75 })]),
      text('label', '', shift + (width - shift) / 2 + (place === null ? 0 : 2), baseline, label, {
        size,
        weight: 'bold',
        anchor: 'middle',
      }),
    ],
    x,
    middle - height / 2,
  );
}

export function chairWidth(label: string, style: RowStyle, place: number | null = null): number {
  const own = Math.max(style.slot * 0.86, widthOf(label, { size: style.size, weight: 'bold' }) + style.size * 0.7);
  return own + placeWidth(style, place);
}

function placeWidth(style: RowStyle, place: number | null): number {
  return place === null ? 0 : widthOf(String(place), { size: style.size * 0.75 }) + style.size * 0.2;
}

/** Width of the widest chair that any task may need; 0 without tasks. */
export function widestChair(replay: Replay, style: RowStyle): number {
  return replay.labels.size === 0
    ? 0
    : Math.max(style.slot * 0.86, (replay.labelWidth + 0.7) * style.size) + placeWidth(style, 1);
}
