import { sansWidth } from '../../text/width.ts';
import type { Axis } from '../axis.ts';
import type { Replay } from '../replay.ts';
import { type Box, rect, type Shape, text, vertical } from '../shapes.ts';
import type { State } from '../state.ts';
import { durationText, timeText } from '../words.ts';

/** From positions on the axis to pixels. */
export interface Scale {
  /** Pixels of a position, kept inside of the box. */
  place(position: number): number;
  /** Pixels that one slot is wide. */
  readonly slot: number;
  readonly now: number;
}

/**
 * Fits an axis into a box: the whole run when its slots get wide enough, else a window that follows `now`.
 *
 * @param slots Narrowest and widest slot in pixels.
 */
export function fitAxis(axis: Axis, now: number, box: Box, slots: readonly [least: number, most: number]): Scale {
  const slot = Math.max(slots[0], Math.min(slots[1], box.width / axis.length));
  const shown = box.width / slot;
  const offset = axis.length <= shown ? 0 : Math.max(0, Math.min(axis.length - shown, now - shown * 0.8));
  const right = box.x + box.width;
  const place = (position: number) => Math.max(box.x, Math.min(right, box.x + (position - offset) * slot));
  return { place, slot, now: place(now) };
}

/** Instants as faint columns behind the lanes. */
export function instants(axis: Axis, scale: Scale, box: Box): readonly Shape[] {
  return axis.columns.flatMap((column, n) => {
    const x = scale.place(column.from);
    const width = scale.place(column.to) - x;
    return width > 0.5 ? [rect(`i${n}`, 'instant', { ...box, x, width })] : [];
  });
}

/** The times under the lanes up to now: of every instant, of the gaps between; those without room are left out. */
export function times(
  replay: Replay,
  state: State,
  axis: Axis,
  scale: Scale,
  box: Box,
  size: number,
): readonly Shape[] {
  const { lang } = replay.data;
  const now = axis.position(state.index);
  const current = timeText(state.nanoseconds, lang);
  const small = size * 0.87;
  const nowHalf = sansWidth(current, size, 'bold') / 2;
  const nowX = Math.max(box.x + 30, Math.min(box.x + box.width + 20, scale.now));
  const shapes: Shape[] = [];
  let end = Number.NEGATIVE_INFINITY;
  const add = (key: string, middle: number, content: string) => {
    const half = sansWidth(content, small) / 2;
    if (middle - half < end + 10 || middle + half > box.x + box.width + 40) return;
    if (Math.abs(middle - nowX) < half + nowHalf + 8) return;
    end = middle + half;
    shapes.push(text(key, 'time', middle, box.y, content, { size: small, anchor: 'middle' }));
  };
  axis.columns.forEach((column, n) => {
    if (column.from > now) return;
    const from = scale.place(column.from);
    const to = scale.place(column.to);
    // On the proportional axis an instant has no width and a gap needs no label: its ends say how long it is.
    const point = column.to === column.from;
    const content = n === 0 ? durationText(column.nanoseconds, lang) : timeText(column.nanoseconds, lang);
    if ((point || to - from > 0.5) && column.nanoseconds !== state.nanoseconds) add(`i${n}`, (from + to) / 2, content);
    const gap = axis.gaps[n];
    if (gap && gap.from < now && !point)
      add(`g${n}`, (scale.place(gap.from) + scale.place(gap.to)) / 2, `+${durationText(gap.nanoseconds, lang)}`);
  });
  shapes.push(text('now', 'now-time', nowX, box.y, current, { size, weight: 'bold', anchor: 'middle' }));
  return shapes;
}

/** The line that says: up to here it has happened. */
export function nowLine(scale: Scale, top: number, bottom: number): Shape {
  return vertical('now', 'now', scale.now, top, bottom);
}
