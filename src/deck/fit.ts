import { type ArrangementName, arrangements, type Column, type Row } from './arrange.ts';
import { type Box, type Fit, holdsCode, holdsText } from './box.ts';
import { geometry, type Level, levels, loose } from './geometry.ts';

/** Boxes laid out on a slide, with the sizes at which they fit. */
export interface Layout {
  readonly rows: readonly Row[];
  readonly fit: Fit;
  /** Pixels between boxes and between rows. */
  readonly gap: number;
}

/** The boxes of a layout, column by column. */
export function boxesOn({ rows }: Layout): Box[] {
  return rows.flat().flatMap(({ boxes }) => boxes);
}

/** What a layout may use. */
export interface Space {
  readonly width: number;
  readonly height: number;
  /** 1 where slides of one topic should look alike, else sparse ones may grow by this much. */
  readonly largest: number;
  /** The largest sizes of text and of code, where those are smaller. */
  readonly most?: { readonly text: number; readonly code: number };
  /** The only arrangements wanted; the others count where none of them is possible. */
  readonly only?: readonly ArrangementName[];
}

/** A little less than the slide, for what em arithmetic and the browser round differently. */
const safety = 0.992;

/**
 * Arranges boxes on one slide, as large as they go.
 *
 * @returns The best arrangement with its sizes, or undefined when the boxes do not fit even tight and at the smallest
 * size. Optional boxes must all fit; the caller leaves them out when they don't.
 */
export function fitOnSlide(boxes: readonly Box[], space: Space): Layout | undefined {
  // A table of thousands of rows need not be measured to be seen not to fit.
  if (boxes.some(({ atLeast = 0 }) => atLeast > space.height)) return undefined;
  const wanted = space.only && bestFit(boxes, space, space.only);
  return wanted ?? bestFit(boxes, space, Object.keys(arrangements) as ArrangementName[]);
}

function bestFit(boxes: readonly Box[], space: Space, names: readonly ArrangementName[]): Layout | undefined {
  const hasText = boxes.some(holdsText);
  const hasCode = boxes.some(holdsCode);
  const upTo = (most = space.largest) => levels.filter(({ scale }) => scale <= Math.min(most, space.largest));
  const plain: Level = { scale: 1, spacing: loose };
  const textLevels = hasText ? upTo(space.most?.text) : [plain];
  const codeLevels = hasCode ? upTo(space.most?.code) : [plain];
  let best: { layout: Layout; quality: number } | undefined;
  for (const text of textLevels) {
    for (const code of codeLevels) {
      // Text that grows beside code that shrinks looks like two slides in one.
      if (hasText && hasCode && text.scale > Math.max(1, code.scale)) continue;
      const fit = { text, code };
      for (const name of names) {
        const { arrange, bonus } = arrangements[name];
        const quality = Math.min(worth(text), worth(code)) + rate(text) + rate(code) + bonus(boxes, space.width);
        if (best && quality <= best.quality) continue;
        const rows = arrange(boxes, fit, space.width);
        if (!rows) continue;
        const layout = { rows, fit, gap: gapOf(fit, hasText) };
        if (layoutHeight(layout, grown) <= space.height * safety) best = { layout, quality };
      }
    }
  }
  return best?.layout;
}

/** Pixels that boxes take one below the other in their plain size. */
export function heightAtEase(boxes: readonly Box[], width: number): number {
  const plain: Level = { scale: 1, spacing: loose };
  const fit: Fit = { text: plain, code: plain };
  return stackHeight(
    boxes.map((box) => box.height(width, fit)),
    gapOf(fit, true),
  );
}

/** What of a layout stands below the end of its slide: pixels, and the box that ends lowest; undefined when it fits. */
export function overhang(layout: Layout, height: number): { readonly pixels: number; readonly box: Box } | undefined {
  const pixels = Math.round(layoutHeight(layout) - height);
  if (pixels <= 0) return undefined;
  const columns = layout.rows.at(-1) ?? [];
  const heightOf = ({ width, boxes }: Column) =>
    stackHeight(
      boxes.map((box) => box.height(width, layout.fit)),
      layout.gap,
    );
  const box = [...columns].sort((a, b) => heightOf(b) - heightOf(a))[0]?.boxes.at(-1);
  return box && { pixels, box };
}

/**
 * Height of a layout in pixels.
 *
 * @param count Counts a column's height, default as it is.
 */
function layoutHeight(
  { rows, fit, gap }: Layout,
  count = (height: number, _column: Column, _fit: Fit) => height,
): number {
  const columnHeight = (column: Column) =>
    count(
      stackHeight(
        column.boxes.map((box) => box.height(column.width * safety, fit)),
        gap,
      ),
      column,
      fit,
    );
  return stackHeight(
    rows.map((row) => Math.max(...row.map(columnHeight))),
    gap,
  );
}

/** Growing is for columns with room to spare, not to fill them: what is grown counts for more than it takes. */
function grown(height: number, { boxes }: Column, { text, code }: Fit): number {
  const [only, ...others] = boxes;
  // A picture or a formula alone is there to fill its slide.
  if (only?.drawn && others.length === 0) return height;
  return boxes.some((box) => (holdsCode(box) && code.scale > 1) || (holdsText(box) && text.scale > 1))
    ? height / 0.8
    : height;
}

function stackHeight(heights: readonly number[], gap: number): number {
  return heights.reduce((sum, height) => sum + height, 0) + Math.max(0, heights.length - 1) * gap;
}

function gapOf({ text, code }: Fit, hasText: boolean): number {
  const { scale, spacing } = hasText ? text : code;
  return Math.round(spacing.gap * scale * geometry.text);
}

function rate({ scale, spacing }: Level): number {
  return worth({ scale, spacing }) + (spacing === loose ? 0.03 : 0);
}

/** Shrinking costs its full share; growing is worth little, and never the better arrangement. */
function worth({ scale }: Level): number {
  return scale <= 1 ? scale : 1 + (scale - 1) / 4;
}
