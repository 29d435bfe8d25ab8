import type { CodeLine } from '../data.ts';
import { groupBy } from '../groupBy.ts';
import { lineText, type Row } from './codeRows.ts';

/** What decides which lines of a long block are shown. Lines count from 1. */
export interface Folding {
  readonly code: readonly CodeLine[];
  /** The rows of each line. */
  readonly wrapped: readonly (readonly Row[])[];
  /** Lines that ever run or are waited on. */
  readonly touched: ReadonlySet<number>;
  /** Lines on which tasks are ever parked, and those on which they are now. */
  readonly parking: ReadonlySet<number>;
  readonly parked: ReadonlySet<number>;
  /** Lines of the functions that threads run. */
  readonly threads: ReadonlySet<number>;
  /** The line to keep in view. */
  readonly focus: number;
}

/**
 * The rows of code that is too long, with what nobody is in folded to one row: where that suffices, the same lines for
 * the whole replay, so that the code stands still; else those of the definition that runs and of the lines where tasks
 * are parked; at the least a window around the line that runs.
 *
 * @param most Rows that there is room for.
 */
export function foldedRows(folding: Folding, most: number): readonly Row[] {
  const { code, touched, parking, parked, threads, focus } = folding;
  const outline = knownOutline(code);
  const whole = (lines: readonly number[]) => new Set([...lines, focus].flatMap(outline.statement));
  const headed = (lines: ReadonlySet<number>) =>
    new Set([...lines].flatMap((line) => [line, ...outline.headers(line)]));
  const unit = outline.unit(focus);
  const here = unit.filter((line) => touched.has(line));
  // From what stands still all along over what changes with the definition that runs to what changes with every task.
  const candidates: readonly (() => ReadonlySet<number>)[] = [
    () => headed(whole([...touched, ...parking])),
    () => headed(whole([...unit, ...parking, ...threads])),
    () => headed(whole([...here, ...parking, ...threads])),
    () => whole([...here, ...parking, ...threads]),
    () => headed(whole([...unit, ...parking])),
    () => headed(whole([...here, ...parking])),
    () => whole([...unit, ...parking]),
    () => whole([...here, ...parking]),
    () => whole([...unit, ...parked]),
    () => whole([...here, ...parked]),
  ];
  for (const candidate of candidates) {
    const shown = candidate();
    if (rowCount(folding, shown) <= most) return layOut(folding, filled(folding, shown, outline, most));
  }
  const context = [...whole([])].flatMap((line) => [line, ...outline.headers(line)]);
  return layOut(folding, aroundFocus(folding, context, unit, most)).slice(0, most);
}

/** The lines of the functions of these names, whose own lines a recording does not tell when threads run them. */
export function definitionsOf(code: readonly CodeLine[], names: ReadonlySet<string>): readonly number[] {
  const texts = code.map(lineText);
  return texts.flatMap((text, n) => {
    const [, indent = '', name = ''] = /^(\s*)(?:async\s+)?def\s+(\w+)/.exec(text) ?? [];
    if (!names.has(name)) return [];
    const length = texts.slice(n + 1).findIndex((line) => line.trim() !== '' && !line.startsWith(`${indent} `));
    return Array.from({ length: length < 0 ? texts.length - n : length + 1 }, (_, at) => n + 1 + at);
  });
}

/**
 * Opens folds while there is room: line by line in the definition that runs and outside of all, elsewhere whole
 * definitions only, those that run at all before the others, the shortest first.
 */
function filled(folding: Folding, start: ReadonlySet<number>, outline: Outline, most: number): ReadonlySet<number> {
  const here = new Set(outline.unit(folding.focus));
  const parts = gapsOf(folding, start).flatMap((gap) => [
    ...groupBy(gap, (line) => (here.has(line) ? line : outline.part(line))).values(),
  ]);
  const rank = (part: readonly number[]) =>
    here.has(part[0] ?? 0) ? 0 : part.some((line) => folding.touched.has(line)) ? 1 : 2;
  parts.sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a[0] ?? 0) - (b[0] ?? 0));
  let result = start;
  for (const part of parts) {
    const more = new Set([...result, ...part]);
    if (rowCount(folding, more) <= most) result = more;
    // Code outside of definitions reads from its beginning, as far as there is room; half a list of imports is none.
    else if (outline.part(part[0] ?? 0) === 0 && !isImport(folding, part[0] ?? 0))
      result = openedFrom(folding, part, result, outline, most);
  }
  return result;
}

function isImport({ code }: Folding, line: number): boolean {
  return /^(?:import|from)\b/.test(lineText(code[line - 1] ?? []));
}

/** Opens a stretch of lines statement by statement until there is no more room. */
function openedFrom(
  folding: Folding,
  part: readonly number[],
  start: ReadonlySet<number>,
  outline: Outline,
  most: number,
): ReadonlySet<number> {
  let result = start;
  for (const line of part) {
    const more = new Set([...result, ...outline.statement(line)]);
    if (rowCount(folding, more) > most) break;
    result = more;
  }
  return result;
}

/** The line that runs with its `context`, its neighbours, and whoever is parked as far as there is room. */
function aroundFocus(
  folding: Folding,
  context: readonly number[],
  unit: readonly number[],
  most: number,
): ReadonlySet<number> {
  const { focus, parked } = folding;
  let result: ReadonlySet<number> = new Set([focus]);
  const nearest = (lines: Iterable<number>) => [...lines].sort((a, b) => Math.abs(a - focus) - Math.abs(b - focus));
  // A few neighbours on either side come before those who only wait.
  const near = unit.filter((line) => Math.abs(line - focus) <= 3);
  for (const line of [...nearest(context), ...nearest(near), ...nearest(parked), ...nearest(unit)]) {
    const more = new Set([...result, line]);
    if (rowCount(folding, more) <= most) result = more;
  }
  return result;
}

/** Runs of lines that are not shown. */
function gapsOf(folding: Folding, wanted: ReadonlySet<number>): number[][] {
  const gaps: number[][] = [];
  const shown = shownLines(folding, wanted);
  for (const [n, isShown] of shown.entries()) {
    if (isShown) continue;
    if (n > 0 && !shown[n - 1]) gaps.at(-1)?.push(n + 1);
    else gaps.push([n + 1]);
  }
  return gaps;
}

/** Whether each line is shown: empty lines beside hidden ones are hidden with them. */
function shownLines({ code, focus }: Folding, wanted: ReadonlySet<number>): readonly boolean[] {
  const { isBlank } = knownOutline(code);
  const hidden = (line: number) => line >= 1 && line <= code.length && !wanted.has(line) && !isBlank(line);
  return code.map((_, n) => {
    const line = n + 1;
    return wanted.has(line) && !(isBlank(line) && line !== focus && (hidden(line - 1) || hidden(line + 1)));
  });
}

function rowCount(folding: Folding, wanted: ReadonlySet<number>): number {
  const shown = shownLines(folding, wanted);
  let count = 0;
  for (let n = 0; n < shown.length; n++) {
    if (shown[n]) count += folding.wrapped[n]?.length ?? 0;
    else if (n === 0 || shown[n - 1]) count++;
  }
  return count;
}

/** The rows in order: a run of hidden lines is one row, and a single line that is no longer is shown instead. */
function layOut(folding: Folding, wanted: ReadonlySet<number>): readonly Row[] {
  const { code, wrapped } = folding;
  const { isBlank } = knownOutline(code);
  const shown = shownLines(folding, wanted);
  const gaps = new Map(gapsOf(folding, wanted).map((gap) => [gap[0] ?? 0, gap]));
  const rows: Row[] = [];
  for (const [n, isShown] of shown.entries()) {
    const only = wrapped[n] ?? [];
    const gap = gaps.get(n + 1);
    if (isShown) rows.push(...only);
    else if (gap && (gap.every(isBlank) || (gap.length === 1 && only.length === 1))) rows.push(...only);
    else if (gap) rows.push({ line: n + 1, first: true, tokens: [], hides: gap.length });
  }
  return rows;
}

/** The outline of each program, found once. */
const outlines = new WeakMap<readonly CodeLine[], Outline>();

function knownOutline(code: readonly CodeLine[]): Outline {
  const known = outlines.get(code) ?? outlineOf(code);
  outlines.set(code, known);
  return known;
}

/** How the lines of a program belong together. */
interface Outline {
  readonly isBlank: (line: number) => boolean;
  /** All lines of the statement that a line is part of: of a call that goes on over several. */
  readonly statement: (line: number) => readonly number[];
  /** The `def` and `class` lines that it stands inside of. */
  readonly headers: (line: number) => readonly number[];
  /** All lines of the top-level definition, or of the stretch of other code, that it stands in. */
  readonly unit: (line: number) => readonly number[];
  /** The same for each line of one definition; 0 for all other code. */
  readonly part: (line: number) => number;
}

function outlineOf(code: readonly CodeLine[]): Outline {
  const texts = code.map(lineText);
  const indentOf = (line: number) => /^\s*/.exec(texts[line - 1] ?? '')?.[0].length ?? 0;
  const blank = texts.map((text) => text.trim() === '');
  const isBlank = (line: number) => blank[line - 1] ?? true;

  // 1. Statements go on while brackets are open.
  const starts: number[] = [];
  let depth = 0;
  for (const [n, tokens] of code.entries()) {
    starts.push(depth > 0 ? (starts.at(-1) ?? n + 1) : n + 1);
    for (const { kind, text } of tokens) {
      if (kind === 'string' || kind === 'comment') continue;
      for (const character of text)
        if ('([{'.includes(character)) depth++;
        else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    }
  }
  const startOf = (line: number) => starts[line - 1] ?? line;

  // 2. Definitions begin at the left edge; decorators belong to what follows.
  const isTop = (line: number) => startOf(line) === line && /^[^\s#]/.test(texts[line - 1] ?? '');
  const unitStart = (line: number) => {
    let start = line;
    while (start > 1 && !isTop(start)) start--;
    while (start > 1 && /^@/.test(texts[start - 2] ?? '')) start--;
    return start;
  };
  return {
    isBlank,
    statement(line) {
      const lines = [startOf(line)];
      for (let next = startOf(line) + 1; startOf(next) === startOf(line) && next <= code.length; next++)
        lines.push(next);
      return lines;
    },
    headers(line) {
      const found: number[] = [];
      let indent = indentOf(startOf(line));
      for (let above = startOf(line) - 1; above >= 1 && indent > 0; above--) {
        if (isBlank(above) || startOf(above) !== above || indentOf(above) >= indent) continue;
        indent = indentOf(above);
        if (/^\s*(?:async\s+def|def|class)\b/.test(texts[above - 1] ?? '')) found.push(above);
      }
      return found;
    },
    unit(line) {
      const start = unitStart(line);
      let end = Math.max(start, line);
      while (end < code.length && unitStart(end + 1) === start) end++;
      while (end > line && isBlank(end)) end--;
      return Array.from({ length: end - start + 1 }, (_, n) => start + n);
    },
    part: (line) => (/^(?:async\s+def|def|class|@)/.test(texts[unitStart(line) - 1] ?? '') ? unitStart(line) : 0),
  };
}
