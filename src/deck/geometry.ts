/**
 * The sizes that fitting counts with, in pixels on a 1920 × 1080 slide or in em where the name says so. The sheets of
 * `themes/` draw with the same numbers; the browser test of `test/deck` holds the two together.
 */
export const geometry = {
  width: 1920,
  height: 1080,
  margin: 72,
  /** Where content may stand below a title of one line, and its lower end above the footer. */
  contentTop: 156,
  contentBottom: 1006,
  /** Between the columns of a row. */
  columnGap: 56,
  text: 38,
  code: 30,
  /** Longest line of prose, in em. */
  proseEm: 42,
  /** Lists, quotes and nested lists stand in by so much, in em. */
  bulletEm: 1.05,
  numberEm: 1.6,
  /** More for each digit behind the first of a list's last number. */
  digitEm: 0.6,
  quoteEm: 1.1,
  nestedSize: 0.92,
  footnoteSize: 0.8,
  /** Pixels below which no text gets, however small its slide is. */
  leastText: 28,
  inlineCodeSize: 0.9,
  inlineCodePadEm: 0.14,
  tableSize: 0.92,
  cellPadEm: 0.7,
  codePadX: 34,
  borderWidth: 2,
  /** Room for line numbers, in em of the code. */
  gutterEm: 2,
  /** Height of a line of a drawing made of characters, in em: strokes meet. */
  drawingLine: 1.18,
  fileNameHeight: 46,
  labelSize: 26,
  statusSize: 28,
  imageHeight: 460,
} as const;

/** Spacing that tightens before anything shrinks. Line heights and gaps in em, paddings in pixels. */
export interface Spacing {
  readonly line: number;
  readonly gap: number;
  readonly item: number;
  readonly nested: number;
  readonly cell: number;
  readonly codeLine: number;
  readonly codePadY: number;
}

export const loose: Spacing = {
  line: 1.5,
  gap: 0.8,
  item: 0.45,
  nested: 0.22,
  cell: 0.5,
  codeLine: 1.48,
  codePadY: 26,
};
const tight: Spacing = {
  line: 1.4,
  gap: 0.55,
  item: 0.24,
  nested: 0.12,
  cell: 0.34,
  codeLine: 1.34,
  codePadY: 18,
};

/** The least height of a line of code and of text that fitting comes to, in pixels. */
export const leastCodeLine = 24 * geometry.drawingLine;
export const leastTextLine = geometry.text * 0.8 * geometry.tableSize * tight.line;

/** One step of fitting: how large text or code is drawn and how closely. */
export interface Level {
  readonly scale: number;
  readonly spacing: Spacing;
}

/** From roomy to small: what stands alone grows most, sparse slides a little, full ones tighten first, then shrink. */
export const levels: readonly Level[] = [
  { scale: 1.6, spacing: loose },
  { scale: 1.4, spacing: loose },
  { scale: 1.2, spacing: loose },
  { scale: 1.1, spacing: loose },
  { scale: 1, spacing: loose },
  { scale: 1, spacing: tight },
  { scale: 0.95, spacing: tight },
  { scale: 0.9, spacing: tight },
  { scale: 0.85, spacing: tight },
  { scale: 0.8, spacing: tight },
];
