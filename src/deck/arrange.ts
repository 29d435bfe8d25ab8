import { type Box, type Fit, isCodeLike, leavesOf } from './box.ts';
import { geometry, type Level, loose } from './geometry.ts';

/** Boxes one below the other. */
export interface Column {
  readonly width: number;
  readonly boxes: readonly Box[];
}

/** Columns side by side. */
export type Row = readonly Column[];

/** A way to arrange boxes; gives no rows where it does not suit them. */
type Arrange = (boxes: readonly Box[], fit: Fit, width: number) => readonly Row[] | undefined;

/** The name of an arrangement. */
export type ArrangementName =
  | 'stack'
  | 'beside'
  | 'besideWithOutput'
  | 'outputBeside'
  | 'twoCodes'
  | 'twoTables'
  | 'partsBeside'
  | 'answerBeside';

/** The ways that there are, with what each is worth to the eye beside what it does to sizes. */
export const arrangements: Readonly<
  Record<
    ArrangementName,
    { readonly arrange: Arrange; readonly bonus: (boxes: readonly Box[], width: number) => number }
  >
> = {
  stack: { arrange: (boxes, _fit, width) => [[{ width, boxes }]], bonus: shortText },
  beside: { arrange: beside, bonus: (boxes) => (boxes.some(({ kind }) => kind === 'table') ? -0.3 : 0.06) },
  besideWithOutput: { arrange: besideWithOutput, bonus: () => -0.25 },
  outputBeside: {
    arrange: outputBeside,
    bonus: (boxes, width) => (boxes.some(isResult) ? 0.08 : -0.05) + shortText(boxes, width),
  },
  twoCodes: { arrange: two('code'), bonus: () => 0.1 },
  twoTables: { arrange: two('table'), bonus: () => 0.05 },
  partsBeside: { arrange: partsBeside, bonus: () => 0.1 },
  answerBeside: { arrange: answerBeside, bonus: () => -0.1 },
};

/** Whether boxes are parts of equal rank, each with its heading: those stay whole. */
function isParted(boxes: readonly Box[]): boolean {
  return boxes[0]?.heading === true;
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
  return texts.length === 1 && lines <= 2.1 ? 0.2 : 0;
}

/** Text at the left, codes with their outputs at the right; a code that comes first at the left. */
function beside(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const codes = boxes.filter(isCodeLike);
  const texts = boxes.filter((box) => !isCodeLike(box));
  if (
    isParted(boxes) ||
    codes.length === 0 ||
    texts.length === 0 ||
    codes.filter(({ kind }) => kind === 'code').length > 1
  )
    return undefined;
  const natural = Math.max(...codes.map((box) => box.naturalWidth(fit)));
  const widest = width - Math.max(natural, width * 0.4) - geometry.columnGap;
  const needed = Math.max(...texts.map((box) => (box.kind === 'table' ? box.naturalWidth(fit) : 0)), width * 0.34);
  if (widest < needed) return undefined;
  // A few words leave the room to the code.
  const left = Math.min(widest, Math.max(needed, ...texts.map((box) => box.naturalWidth(fit))));
  const right = width - left - geometry.columnGap;
  const columns: Row = [
    { width: left, boxes: texts },
    { width: right, boxes: codes },
  ];
  // What explains a code stands behind it.
  return [boxes[0] === codes[0] ? columns.toReversed() : columns];
}

/** The same, with outputs below the text. */
function besideWithOutput(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const rows = beside(boxes, fit, width);
  const outputs = boxes.filter(({ kind }) => kind === 'output' || kind === 'error' || kind === 'remark');
  const [texts, codes] = boxes[0]?.kind === 'code' ? [] : (rows?.[0] ?? []);
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
  if (!code || isParted(boxes) || boxes.filter(({ kind }) => kind === 'code').length > 1) return undefined;
  let end = at + 1;
  while (end < boxes.length && boxes[end]?.kind !== 'text' && isCodeLike(boxes[end] as Box)) end++;
  const outputs = boxes.slice(at + 1, end);
  if (outputs.length === 0 || boxes.slice(end).some(isCodeLike) || boxes.slice(0, at).some(isCodeLike))
    return undefined;
  // Halves where both fit into them, so that slides share their columns; else the code gives or takes.
  const half = (width - geometry.columnGap) / 2;
  const needed = Math.max(width * 0.26, ...outputs.map((box) => box.naturalWidth(fit)));
  const natural = Math.max(code.naturalWidth(fit), Math.min(half, width - geometry.columnGap - needed), width * 0.45);
  const right = width - natural - geometry.columnGap;
  if (right < needed) return undefined;
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

/** Two codes or tables, each with the text before it and what belongs to it, side by side. */
function two(kind: 'code' | 'table'): Arrange {
  return (boxes, fit, width) => {
    const [first, second, ...more] = boxes.flatMap((box, n) => (box.kind === kind ? [n] : []));
    if (first === undefined || second === undefined || more.length > 0 || isParted(boxes)) return undefined;
    if (kind === 'table' && boxes.some(isCodeLike)) return undefined;
    let cut = first + 1;
    while (cut < second && isCodeLike(boxes[cut] as Box)) cut++;
    const column = (width - geometry.columnGap) / 2;
    const firm = boxes.filter((box) => isCodeLike(box) || box.kind === 'table');
    if (firm.some((box) => box.naturalWidth(fit) > column)) return undefined;
    return inLevel([boxes.slice(0, cut), boxes.slice(cut)], column);
  };
}

/** Two or three parts, each below its heading, side by side. */
function partsBeside(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  if (!isParted(boxes)) return undefined;
  const parts: Box[][] = [];
  for (const box of boxes) {
    if (box.heading) parts.push([box]);
    else parts.at(-1)?.push(box);
  }
  if (parts.length < 2 || parts.length > 3) return undefined;
  const column = Math.floor((width - (parts.length - 1) * geometry.columnGap) / parts.length);
  const firm = boxes.filter((box) => isCodeLike(box) || box.kind === 'table');
  if (firm.some((box) => box.naturalWidth(fit) > column)) return undefined;
  return inLevel(parts, column);
}

/** A task at the left, its solution at the right. */
function answerBeside(boxes: readonly Box[], fit: Fit, width: number): readonly Row[] | undefined {
  const answer = boxes.at(-1);
  if (!answer?.answer || boxes.length < 2) return undefined;
  const left = width * 0.4;
  const right = width - left - geometry.columnGap;
  const firm = leavesOf(answer).filter((box) => isCodeLike(box) || box.kind === 'table');
  const frame = answer.naturalWidth(fit) - Math.max(0, ...leavesOf(answer).map((box) => box.naturalWidth(fit)));
  if (firm.some((box) => box.naturalWidth(fit) + frame > right)) return undefined;
  return [
    [
      { width: left, boxes: boxes.slice(0, -1) },
      { width: right, boxes: [answer] },
    ],
  ];
}

/** Parts side by side; where each has words first and then something to look at, these begin at one height. */
function inLevel(parts: readonly (readonly Box[])[], width: number): readonly Row[] {
  const cuts = parts.map((part) => part.findIndex((box) => isCodeLike(box) || box.kind === 'table'));
  const level = parts.every((part, n) => (cuts[n] ?? 0) > 0 && part.slice(cuts[n]).every((box) => box.kind !== 'text'));
  const row = (of: (part: readonly Box[], cut: number) => readonly Box[]): Row =>
    parts.map((part, n) => ({ width, boxes: of(part, cuts[n] ?? 0) }));
  if (!level) return [row((part) => part)];
  return [row((part, cut) => part.slice(0, cut)), row((part, cut) => part.slice(cut))];
}
