import { type Box, type Fit, isCodeLike } from './box.ts';
import { geometry, type Level, levels, loose } from './geometry.ts';

/** Boxes one below the other. */
export interface Column {
  readonly width: number;
  readonly boxes: readonly Box[];
}

/** Columns side by side. */
export type Row = readonly Column[];

/** Boxes laid out on a slide, with the sizes at which they fit. */
export interface Layout {
  readonly rows: readonly Row[];
  readonly fit: Fit;
  /** Pixels between boxes and between rows. */
  readonly gap: number;
}

/** What a layout may use. */
export interface Space {
  readonly width: number;
  readonly height: number;
  /** 1 where slides of one topic should look alike, else sparse ones may grow by this much. */
  readonly largest: number;
}

/** A way to arrange boxes; gives no rows where it does not suit them. */
type Arrange = (boxes: readonly Box[], fit: Fit, width: number) => readonly Row[] | undefined;

/** A little less than the slide, for what em arithmetic and the browser round differently. */
const safety = 0.992;

const arrangements: readonly {
  readonly arrange: Arrange;
  readonly bonus: (boxes: readonly Box[], width: number) => number;
}[] = [
  { arrange: (boxes, _fit, width) => [[{ width, boxes }]], bonus: shortText },
  { arrange: beside, bonus: (boxes) => (boxes.some(({ kind }) => kind === 'table') ? -0.3 : 0.06) },
  { arrange: besideWithOutput, bonus: () => -0.25 },
  { arrange: outputBeside, bonus: (boxes, width) => (boxes.some(isResult) ? 0.08 : -0.05) + shortText(boxes, width) },
  { arrange: twoCodes, bonus: () => 0.1 },
];

/**
 * Arranges boxes on one slide, as large as they go.
 *
 * @returns The best arrangement with its sizes, or undefined when the boxes do not fit even tight and at the smallest
 * size. Optional boxes must all fit; the caller leaves them out when they don't.
 */
export function fitOnSlide(boxes: readonly Box[], space: Space): Layout | undefined {
  const hasText = boxes.some((box) => !isCodeLike(box));
  const hasCode = boxes.some(isCodeLike);
  const allowed = levels.filter(({ scale }) => scale <= space.largest);
  const plain: Level = { scale: 1, spacing: loose };
  const textLevels = hasText ? allowed : [plain];
  const codeLevels = hasCode ? allowed : [plain];
  let best: { layout: Layout; quality: number } | undefined;
  for (const text of textLevels) {
    for (const code of codeLevels) {
      // Text that grows beside code that shrinks looks like two slides in one.
      if (hasText && hasCode && text.scale > Math.max(1, code.scale)) continue;
      const fit = { text, code };
      for (const { arrange, bonus } of arrangements) {
        const quality = Math.min(text.scale, code.scale) + rate(text) + rate(code) + bonus(boxes, space.width);
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

/**
 * Height of a layout in pixels.
 *
 * @param count Counts a column's height, default as it is.
 */
export function layoutHeight(
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
  return boxes.some((box) => (isCodeLike(box) ? code : text).scale > 1) ? height / 0.8 : height;
}

function stackHeight(heights: readonly number[], gap: number): number {
  return heights.reduce((sum, height) => sum + height, 0) + Math.max(0, heights.length - 1) * gap;
}

function gapOf({ text, code }: Fit, hasText: boolean): number {
  const { scale, spacing } = hasText ? text : code;
  return Math.round(spacing.gap * scale * geometry.text);
}

function rate({ scale, spacing }: Level): number {
  return scale + (spacing === loose ? 0.03 : 0);
}

/** Whether a box is worth a column of its own beside its code. */
function isResult({ kind }: Box): boolean {
  return kind === 'output' || kind === 'error';
}

/** A sentence or two read better above their code than in a column of their own. */
function shortText(boxes: readonly Box[], width: number): number {
  const level: Level = { scale: 1, spacing: loose };
  const texts = boxes.filter((box) => !isCodeLike(box));
  const heights = texts.map((box) => box.height(width, { text: level, code: level }));
  const lines = heights.reduce((sum, height) => sum + height, 0) / (loose.line * geometry.text);
  return texts.length === 1 && lines <= 2.1 ? 0.3 : 0;
}

/** Text at the left, codes with their outputs at the right. */
function beside(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const codes = boxes.filter(isCodeLike);
  const texts = boxes.filter((box) => !isCodeLike(box));
  if (codes.length === 0 || texts.length === 0 || codes.filter(({ kind }) => kind === 'code').length > 1)
    return undefined;
  const natural = Math.max(...codes.map((box) => box.naturalWidth(fit)));
  const right = Math.max(natural, width * 0.4);
  const left = width - right - geometry.columnGap;
  const needed = Math.max(...texts.map((box) => (box.kind === 'table' ? box.naturalWidth(fit) : 0)), width * 0.34);
  if (left < needed) return undefined;
  return [
    [
      { width: left, boxes: texts },
      { width: right, boxes: codes },
    ],
  ];
}

/** The same, with outputs below the text. */
function besideWithOutput(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const rows = beside(boxes, fit, width);
  const outputs = boxes.filter(({ kind }) => kind === 'output' || kind === 'error' || kind === 'remark');
  const [texts, codes] = rows?.[0] ?? [];
  if (!texts || !codes || outputs.length === 0) return undefined;
  const code = codes.boxes.filter((box) => !outputs.includes(box));
  if (code.length === 0) return undefined;
  if (outputs.some((box) => box.kind === 'output' && box.naturalWidth(fit) > texts.width)) return undefined;
  return [
    [
      { width: texts.width, boxes: [...texts.boxes, ...outputs] },
      { width: codes.width, boxes: code },
    ],
  ];
}

/** Text above and below, in between a code with its output at its right. */
function outputBeside(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const at = boxes.findIndex(({ kind }) => kind === 'code');
  const code = boxes[at];
  if (!code || boxes.filter(({ kind }) => kind === 'code').length > 1) return undefined;
  let end = at + 1;
  while (end < boxes.length && boxes[end]?.kind !== 'text' && isCodeLike(boxes[end] as Box)) end++;
  const outputs = boxes.slice(at + 1, end);
  if (outputs.length === 0 || boxes.slice(end).some(isCodeLike) || boxes.slice(0, at).some(isCodeLike))
    return undefined;
  const natural = Math.max(code.naturalWidth(fit), width * 0.45);
  const right = width - natural - geometry.columnGap;
  if (right < Math.max(width * 0.26, ...outputs.map((box) => box.naturalWidth(fit)))) return undefined;
  const rows: Row[] = [
    [
      { width: natural, boxes: [code] },
      { width: right, boxes: outputs },
    ],
  ];
  if (at > 0) rows.unshift([{ width, boxes: boxes.slice(0, at) }]);
  if (end < boxes.length) rows.push([{ width, boxes: boxes.slice(end) }]);
  return rows;
}

/** Two codes, each with the text before it and what belongs to it, side by side. */
function twoCodes(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const codes = boxes.flatMap((box, n) => (box.kind === 'code' ? [n] : []));
  const [first, second] = codes;
  if (first === undefined || second === undefined || codes.length !== 2) return undefined;
  let cut = first + 1;
  while (cut < second && isCodeLike(boxes[cut] as Box)) cut++;
  const column = (width - geometry.columnGap) / 2;
  if (boxes.some((box) => isCodeLike(box) && box.naturalWidth(fit) > column)) return undefined;
  return [
    [
      { width: column, boxes: boxes.slice(0, cut) },
      { width: column, boxes: boxes.slice(cut) },
    ],
  ];
}
