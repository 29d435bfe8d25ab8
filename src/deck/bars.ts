import { columns } from '../text/width.ts';

/** A stretch of time in a bar diagram. */
export interface Bar {
  /** In the diagram's unit of time; in columns of text where it has no axis. */
  readonly from: number;
  readonly to: number;
  readonly state: 'running' | 'waiting';
}

/** One task's line. */
export interface BarRow {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** What stands behind the last bar: `2초`. */
  readonly remark: string;
}

/** Lines that stand together, `동기 실행:` above them. */
export interface BarGroup {
  readonly title: string;
  readonly rows: readonly BarRow[];
  /** Where the axis has numbers; empty without one. */
  readonly ticks: readonly number[];
  /** Lines below the bars: `총 6초`. */
  readonly remarks: readonly string[];
  /** Whether its tasks only seem to run: one thread runs one at a time. */
  readonly shared: boolean;
}

/** Diagrams of bars made of characters, one below the other. */
export interface BarDiagram {
  readonly groups: readonly BarGroup[];
  /** Behind the axis' numbers: `초`, `s`; empty without an axis. */
  readonly unit: string;
}

const running = '█▉▇▆▓■▬═━=#*';
const waiting = '▒░□·─~-';
const border = '|│┃┊:\\[\\]├┤';
// Dots wait only between others: `=..=`. Alone they are three dots.
const barPattern = new RegExp(`[${running}${waiting}](?:[.${running}${waiting}]*[${running}${waiting}])>?`, 'gu');

/** A line as it is read: columns count from the left of the text. */
type Line =
  | { readonly kind: 'blank' }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'axis'; readonly ticks: readonly { at: number; value: number }[]; readonly unit: string }
  | {
      readonly kind: 'row';
      readonly label: string;
      readonly bars: readonly Bar[];
      readonly remark: string;
      readonly dashes: boolean;
    };

/**
 * Reads a diagram in which bars of characters stand for stretches of time, such as
 *
 *     동기:
 *     A: ████
 *     B:     ████
 *        0   2   4초
 *
 * Bars end at the axis' number that is nearest, if it is at most a column away. Where one kind of character makes all
 * bars, those that overlap in their group wait (one thread runs one task at a time), unless the title speaks of
 * several threads, processes or cores.
 *
 * @returns Undefined for anything that is not wholly such a diagram: it then stays text.
 */
export function readBars(text: string): BarDiagram | undefined {
  const lines = text.split('\n').map(readLine);
  const rows = lines.filter((line) => line.kind === 'row');
  const axes = lines.filter((line) => line.kind === 'axis');
  if (rows.length < 2 || rows.length > 24) return undefined;
  if (axes.length === 0 && rows.some(({ dashes }) => dashes)) return undefined;
  const units = new Set(axes.map(({ unit }) => unit));
  if (units.size > 1) return undefined;
  const groups = grouped(lines);
  if (!groups || groups.some((group) => group.rows.length === 0)) return undefined;
  // One scale for all: with and without an axis there is none.
  if (groups.some(({ axis }) => !axis) && axes.length > 0) return undefined;
  // What begins before the axis does was not drawn against it.
  const early = ({ rows, axis }: OpenGroup) =>
    axis?.ticks[0]?.value === 0 && rows.some(({ bars }) => (bars[0]?.from ?? 0) < (axis.ticks[0]?.at ?? 0) - 2);
  if (groups.some(early)) return undefined;
  const told = new Set(rows.flatMap(({ bars }) => bars.map(({ state }) => state))).size > 1;
  return { groups: groups.map((group) => asGroup(group, told)), unit: [...units][0] ?? '' };
}

type Row = Extract<Line, { kind: 'row' }>;
type Axis = Extract<Line, { kind: 'axis' }>;

interface OpenGroup {
  title: string;
  readonly rows: Row[];
  axis?: Axis;
  readonly remarks: string[];
}

/** Lines in groups; a title, or a bar behind an axis, opens one. Undefined when a line has no place. */
function grouped(lines: readonly Line[]): OpenGroup[] | undefined {
  const groups: OpenGroup[] = [];
  let closed = true;
  const open = (title: string) => {
    groups.push({ title, rows: [], remarks: [] });
    closed = false;
  };
  for (const [n, line] of lines.entries()) {
    const group = groups.at(-1);
    if (line.kind === 'blank') closed ||= (group?.rows.length ?? 0) > 0;
    else if (line.kind === 'words') {
      const next = lines.slice(n + 1).find(({ kind }) => kind !== 'blank');
      if (next?.kind === 'row' || (next?.kind === 'axis' && (closed || !group))) open(line.text);
      // Many numbers are an axis that could not be read.
      else if (group && group.rows.length > 0 && !/(?:\d\D*\s){2}\D*\d/.test(line.text)) group.remarks.push(line.text);
      else return undefined;
    } else if (line.kind === 'axis') {
      if (!group || (closed && group.axis)) open('');
      const own = groups.at(-1);
      if (!own || own.axis) return undefined;
      own.axis = line;
    } else {
      if (!group || (closed && group.rows.length > 0)) open('');
      groups.at(-1)?.rows.push(line);
    }
  }
  return groups;
}

function asGroup({ title, rows, axis, remarks }: OpenGroup, told: boolean): BarGroup {
  const timed = rows.map(({ label, bars, remark }) => ({
    label,
    remark,
    bars: bars.map(({ from, to, state }, n) => ({
      // Where a task starts to wait is as exact as it is drawn.
      from: timeAt(from, axis, bars[n - 1]?.to !== from),
      to: timeAt(to, axis, bars[n + 1]?.from !== to),
      state,
    })),
  }));
  const shared = !told && overlap(timed) && !parallel.test(title);
  const only = told ? undefined : shared ? 'waiting' : 'running';
  return {
    title: title.replace(/\s*[:：]$/, ''),
    rows: timed.map((row) => ({ ...row, bars: only ? row.bars.map((bar) => ({ ...bar, state: only })) : row.bars })),
    ticks: axis?.ticks.map(({ value }) => value) ?? [],
    remarks,
    shared,
  };
}

const parallel = /병렬|스레드|쓰레드|프로세스|코어|\bparallel|\bthread|\bprocess|\bcores?\b|\bCPU|並列|并行|スレッド/i;

function overlap(rows: readonly { readonly bars: readonly Bar[] }[]): boolean {
  const bars = rows.flatMap((row, n) => row.bars.map((bar) => ({ ...bar, n })));
  return bars.some((one) =>
    bars.some((other) => one.n < other.n && Math.min(one.to, other.to) - Math.max(one.from, other.from) > 1e-6),
  );
}

/**
 * The time that a column stands for, between the axis' numbers or beyond the last.
 *
 * @param round Whether a number a column away is meant.
 */
function timeAt(column: number, axis: Axis | undefined, round: boolean): number {
  const ticks = axis?.ticks ?? [];
  const near = round && ticks.find(({ at }) => Math.abs(at - column) <= 1);
  if (near) return near.value;
  const after = Math.max(
    1,
    Math.min(
      ticks.length - 1,
      ticks.findIndex(({ at }) => at > column),
    ),
  );
  const [left, right] = [ticks[after - 1], ticks[after]];
  if (!left || !right) return column;
  const last = ticks.at(-1);
  const [a, b] = last && column > last.at ? [ticks.at(-2) ?? left, last] : [left, right];
  return Math.max(0, Math.round((a.value + ((column - a.at) * (b.value - a.value)) / (b.at - a.at)) * 100) / 100);
}

function readLine(text: string): Line {
  if (text.trim() === '') return { kind: 'blank' };
  return readAxis(text) ?? readRow(text) ?? { kind: 'words', text: text.trim() };
}

const number = /\d+(?:\.\d+)?/g;
const axisShape =
  /^\s*(?:(?:시간|time|t|時間|时间|Zeit|tiempo|temps)\s*(?:\([^)]*\))?\s*[:：|=]?)?((?:[\s|+>·.─━-]*\d+(?:\.\d+)?\s?(초|s|sec|secs|seconds|ms|분|秒|Sek)?)+)[\s|+>·.─━-]*(초|s|sec|seconds|ms|분|秒)?\s*$/i;

/** Numbers that grow, with or without a unit, and nothing else but strokes. */
function readAxis(text: string): Axis | undefined {
  const found = axisShape.exec(text);
  if (!found) return undefined;
  const ticks = [...text.matchAll(number)].map(({ 0: value, index }) => ({
    at: columns(text.slice(0, index)),
    value: Number(value),
  }));
  const grows = ticks.every(({ value }, n) => n === 0 || value > (ticks[n - 1]?.value ?? 0));
  const unit =
    /초|ms|sec|s|분|秒|Sek/i.exec(text.replace(/^\s*(?:시간|times?|t)\b/i, '').replace(/^[^\d]*/, ''))?.[0] ?? '';
  return ticks.length >= 2 && grows ? { kind: 'axis', ticks, unit } : undefined;
}

/** A label, then bars with nothing but room and borders between, then at most a time. */
function readRow(text: string): Row | undefined {
  const runs = [...text.matchAll(barPattern)];
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last) return undefined;
  const label = text
    .slice(0, first.index)
    .replace(new RegExp(`[\\s${border}]+$`), '')
    .trim();
  const remark = text
    .slice(last.index + last[0].length)
    .replace(new RegExp(`^[\\s${border}]+|[\\s${border}]+$`, 'g'), '');
  const between = runs.slice(1).map((run, n) => {
    const before = runs[n];
    return before ? text.slice(before.index + before[0].length, run.index) : '';
  });
  const blank = new RegExp(`^[\\s${border}]*$`);
  if (!/[\p{L}\p{N}]/u.test(label) || columns(label) > 24 || !between.every((piece) => blank.test(piece)))
    return undefined;
  if (remark !== '' && (!/\d/.test(remark) || columns(remark) > 24 || last[0].endsWith('>'))) return undefined;
  const bars = runs.flatMap((run) => segments(run[0].replace(/>$/, ''), columns(text.slice(0, run.index))));
  return { kind: 'row', label, bars, remark, dashes: /^[-─~]+>?$/.test(runs.map(([run]) => run).join('')) };
}

/** A run of bar characters as stretches of one state each. */
function segments(run: string, start: number): Bar[] {
  const bars: Bar[] = [];
  let at = start;
  for (const character of run) {
    const state = `${waiting}.`.includes(character) ? 'waiting' : 'running';
    const before = bars.at(-1);
    if (before?.state === state) bars[bars.length - 1] = { ...before, to: at + 1 };
    else bars.push({ from: at, to: at + 1, state });
    at++;
  }
  return bars;
}
