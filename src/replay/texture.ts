import { type Box, round } from './shapes.ts';

/** How a stretch of a lane is told from another without colour. */
export type Texture = 'dots' | 'hatch' | 'cross';

/** Distance of two lines, or of two dots, in pixels. */
const gaps: Readonly<Record<Texture, number>> = { dots: 10, hatch: 12, cross: 12 };

/**
 * The strokes of a texture inside a box, as a path. They stand on one grid for the whole picture, so that stretches
 * beside each other join. Drawn line by line, since Chromium's PDFs turn an SVG `<pattern>` into bitmaps: a deck of 65
 * pages took 16 s and 8.5 MB with patterns, 0.8 s and 1 MB without.
 */
export function textureStrokes(texture: Texture, box: Box): string {
  const gap = gaps[texture];
  if (texture === 'dots') return dots(box, gap);
  const rising = diagonals(box, gap);
  if (texture === 'hatch') return rising;
  // Mirrored at the vertical axis, a rising line falls.
  return rising + diagonals({ ...box, x: -box.x - box.width }, gap, -1);
}

/** Lines that rise to the right, where x + y is a multiple of the gap; `side` −1 mirrors them. */
function diagonals({ x, y, width, height }: Box, gap: number, side: 1 | -1 = 1): string {
  const [right, bottom] = [x + width, y + height];
  let d = '';
  for (let sum = Math.ceil((x + y) / gap) * gap; sum < right + bottom; sum += gap) {
    const from = Math.max(x, sum - bottom);
    const to = Math.min(right, sum - y);
    if (to - from >= 1) d += `M${round(side * from)} ${round(sum - from)}L${round(side * to)} ${round(sum - to)}`;
  }
  return d;
}

/** Dots on a grid, every other row shifted by half a gap; none so near the edge that it would stick out. */
function dots({ x, y, width, height }: Box, gap: number): string {
  const inset = 2;
  let d = '';
  for (let row = Math.ceil((y + inset) / (gap / 2)); (row * gap) / 2 <= y + height - inset; row++) {
    const shift = row % 2 === 0 ? 0 : gap / 2;
    for (let n = Math.ceil((x + inset - shift) / gap); n * gap + shift <= x + width - inset; n++) {
      d += `M${round(n * gap + shift)} ${round((row * gap) / 2)}h0`;
    }
  }
  return d;
}
