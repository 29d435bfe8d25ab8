import type { Box, Fit } from './box.ts';
import { geometry } from './geometry.ts';

/** Pixels between boxes that stand below each other inside of another box. */
export function gapOf({ text }: Fit): number {
  return Math.round(text.spacing.gap * text.scale * geometry.text);
}

/** Pixels that boxes take below each other. */
export function stackHeight(boxes: readonly Box[], width: number, fit: Fit): number {
  const heights = boxes.map((box) => box.height(width, fit));
  return heights.reduce((sum, height) => sum + height, 0) + Math.max(0, boxes.length - 1) * gapOf(fit);
}

/** Boxes that fit into `room` below each other, the last one cut where it can be, and those that don't. */
export function cutStack(
  boxes: readonly Box[],
  width: number,
  fit: Fit,
  room: number,
): readonly [readonly Box[], readonly Box[]] {
  let used = 0;
  for (const [n, box] of boxes.entries()) {
    const height = box.height(width, fit);
    if (used + height <= room) {
      used += height + gapOf(fit);
      continue;
    }
    const parts = box.split?.(width, fit, room - used);
    if (parts)
      return [
        [...boxes.slice(0, n), parts[0]],
        [parts[1], ...boxes.slice(n + 1)],
      ];
    // What leads on to the next box goes with it.
    let at = n;
    while (at > 0 && boxes[at - 1]?.leadsOn) at--;
    return [boxes.slice(0, at), boxes.slice(at)];
  }
  return [boxes, []];
}
