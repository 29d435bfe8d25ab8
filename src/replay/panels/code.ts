import { columns } from '../../text/width.ts';
import { stuckTasks } from '../deadlock.ts';
import { type Replay, shownLine } from '../replay.ts';
import { type Box, group, path, rect, type Shape, text, words } from '../shapes.ts';
import type { State, TaskState } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { words as pictureWords } from '../words.ts';
import { currentLine, cursors, parkingLines, runningLine, standing, stuckLines } from './codeCursors.ts';
import { foldedRows } from './codeFolds.ts';
import { cut, holds, lineText, type Row } from './codeRows.ts';
import { badgeWidth, type CodeStyle, knownSetting, lineHeights } from './codeSetting.ts';
import { toneOf } from './tone.ts';

/** The code with its running line and a badge for every task that is parked in it. */
export function codePanel(replay: Replay, state: State, box: Box, style: CodeStyle): Shape {
  // 1. The same size for the whole replay.
  const room = box.width - style.indent - style.badge.height / 3;
  const foot = [...replay.cast.parking].some((site) => shownLine(replay, site) === null) ? style.badge.height + 10 : 0;
  const codeHeight = box.height - foot;
  const parking = parkingLines(replay);
  const { size, wrapped } = knownSetting(replay, room, codeHeight - 2 * style.padding, style);
  const rows = wrapped.flat();

  // 2. What does not fit is folded; a small panel is a window that follows the run.
  const count = Math.min(rows.length, style.rows);
  const [least, most] = lineHeights(size, style);
  const height = Math.max(least, Math.min(most, (codeHeight - 2 * style.padding) / count));
  const visible = Math.min(count, Math.floor((codeHeight - 2 * style.padding) / height));
  const focus = currentLine(replay, state);
  const shown =
    rows.length <= visible
      ? rows
      : style.folds
        ? foldedRows({ code: replay.data.code, wrapped, ...cursors(replay, state), parking, focus }, visible)
        : rowsAround(rows, visible, focus);
  const rowY = (n: number) => box.y + style.padding + n * height;
  const baseline = (n: number) => rowY(n) + height / 2 + size * 0.35;

  // 3. A badge for every task at the line where it stands, or at the edge that hides its line.
  const places = badgePlaces(replay, state, shown);
  const marks = [...places].map(([row, tasks]) =>
    badgeRow(replay, state, tasks, box, row, rowY(row) + (height - style.badge.height) / 2, style),
  );
  // Who runs is said by the bar too: where only its badge would cover code, the code is shown.
  const leaves = ({ row, left }: { readonly row: number; readonly left: number }) => {
    const [only, ...others] = places.get(row) ?? [];
    const code = shown[row];
    const end = box.x + style.indent + (columns(lineText(code?.tokens ?? [])) * size) / 2;
    return others.length === 0 && only?.task.status === 'running' && only.way === '' && end > left - 6;
  };
  const badges = marks.filter((mark) => !leaves(mark));
  const leftEdge = new Map(badges.map(({ row, left }) => [row, left]));

  // 4. The bar under the line that has the thread.
  const shapes: Shape[] = [rect('panel', 'panel code', box)];
  const running = runningLine(replay, state);
  const first = shown.findIndex((row) => row.line === running && row.hides === undefined);
  if (first >= 0) {
    const bars = shown.filter((row) => row.line === running).length * height;
    const tone = state.end?.outcome === 'raised' ? ' alert' : toneOf(state).name;
    shapes.push(rect('bar', `bar${tone}`, { x: box.x + 3, y: rowY(first), width: box.width - 6, height: bars }));
    shapes.push(rect('edge', `edge${tone}`, { x: box.x + 3, y: rowY(first), width: style.edge, height: bars }));
  }

  for (const line of stuckLines(replay, state)) {
    const n = shown.findIndex((row) => row.line === line && row.hides === undefined);
    if (n < 0) continue;
    const bars = shown.filter((row) => row.line === line).length * height;
    shapes.push(rect(`s${line}`, 'bar alert', { x: box.x + 3, y: rowY(n), width: box.width - 6, height: bars }));
    shapes.push(rect(`e${line}`, 'edge alert', { x: box.x + 3, y: rowY(n), width: style.edge, height: bars }));
  }

  // 5. Numbers and code; what a badge would cover is left out.
  const lines: Shape[] = [];
  shown.forEach((row, n) => {
    if (row.hides !== undefined) {
      const folded = pictureWords[replay.data.lang].folded(row.hides);
      // Smaller than code, but not too small for a slide; in a narrow picture code itself is.
      const foldedSize = Math.max(size * 0.8, Math.min(size, 24));
      lines.push(text(`f${row.line}`, 'folded', box.x + style.indent, baseline(n), folded, { size: foldedSize }));
      return;
    }
    const key = `${row.line}${row.first ? '' : `-${n}`}`;
    if (row.first)
      lines.push(
        text(`n${key}`, 'number', box.x + style.indent - size * 0.85, baseline(n), String(row.line), {
          // Captions and cards name lines by them.
          size: Math.max(size * 0.8, Math.min(24, size * 0.92)),
          anchor: 'end',
          mono: true,
        }),
      );
    const end = (leftEdge.get(n) ?? Number.POSITIVE_INFINITY) - 6;
    const pieces = cut(row.tokens, Math.floor(((end - box.x - style.indent) * 2) / size)).map((token) => ({
      text: token.text,
      name: token.kind === 'plain' ? '' : `tok-${token.kind}`,
    }));
    if (pieces.length > 0)
      lines.push(words(`l${key}`, '', box.x + style.indent, baseline(n), pieces, { size, mono: true }));
  });
  shapes.push(group('lines', 'lines', lines));

  shapes.push(
    group(
      'badges',
      'badges',
      badges.flatMap((mark) => mark.shapes),
    ),
  );

  // 6. Code that another block supplied has no line here: who is in it stands below.
  if (foot > 0) shapes.push(footRow(replay, state, { ...box, y: box.y + codeHeight, height: foot }, style));
  return {
    ...group('code', 'code-panel', shapes),
    about: (x, y) => {
      const row = shown[Math.floor((y - box.y - style.padding) / height)];
      return row && row.hides === undefined && x >= box.x && x <= box.x + box.width
        ? { kind: 'line', line: row.line }
        : null;
    },
  };
}

/** A task and the way to its line: it is shown, or hidden above or below. */
interface Standing {
  readonly task: TaskState;
  readonly way: '' | '↑' | '↓';
}

/** Who stands in which row, from the right: who runs, who is ready in the queue's order, who waits. */
function badgePlaces(replay: Replay, state: State, shown: readonly Row[]): ReadonlyMap<number, readonly Standing[]> {
  const byRow = new Map<number, Standing[]>();
  for (const task of standing(state)) {
    const line = shownLine(replay, task.site);
    if (line === null) continue;
    const row = shown.findIndex((candidate) => holds(candidate, line));
    const above = line < (shown[0]?.line ?? 1);
    const at = row >= 0 ? row : above ? 0 : shown.length - 1;
    const standings = byRow.get(at) ?? [];
    standings.push({ task, way: row >= 0 ? '' : above ? '↑' : '↓' });
    byRow.set(at, standings);
  }
  return byRow;
}

/** The badges of one row, and where the leftmost begins. */
function badgeRow(
  replay: Replay,
  state: State,
  tasks: readonly Standing[],
  box: Box,
  row: number,
  y: number,
  style: CodeStyle,
): { readonly row: number; readonly left: number; readonly shapes: readonly Shape[] } {
  const shapes: Shape[] = [];
  let left = box.x + box.width - 12 + 6;
  const limit = box.x + box.width * 0.55;
  const stuck = stuckTasks(state);
  for (const [n, { task, way }] of tasks.entries()) {
    const { id, status } = task;
    const label = `${way}${replay.labels.get(id) ?? '?'}`;
    const width = badgeWidth(label, style);
    const rest = tasks.length - n;
    if (rest > 1 && left - 6 - width < limit + style.badge.height * 1.4) {
      const moreWidth = style.badge.height * 1.6;
      left -= 6 + moreWidth;
      shapes.push(badge(`more${row}`, 'waiting', `+${rest}`, left, y, moreWidth, style));
      break;
    }
    const tone = status === 'running' ? toneOf(state).name : stuck.has(id) ? ' alert' : '';
    left -= 6 + width;
    const mark = badge(`b${id}`, status + tone, label, left, y, width, style);
    shapes.push(standingFor(mark, { kind: 'task', id }));
  }
  return { row, left, shapes };
}

/** Below the code: that it goes on in another block, and the badges of those who are there. */
function footRow(replay: Replay, state: State, box: Box, style: CodeStyle): Shape {
  const tasks = standing(state).filter((task) => shownLine(replay, task.site) === null);
  const y = box.y + (box.height - style.badge.height) / 2;
  const { shapes } = badgeRow(
    replay,
    state,
    tasks.map((task) => ({ task, way: '' })),
    box,
    -1,
    y,
    style,
  );
  const runs = tasks.some(({ status }) => status === 'running');
  const bar = { x: box.x + 3, y: box.y + 1, width: box.width - 6, height: box.height - 3 };
  const tone = toneOf(state).name;
  return group('foot', 'foot', [
    ...(runs ? [rect('bar', `bar${tone}`, bar), rect('edge', `edge${tone}`, { ...bar, width: style.edge })] : []),
    path('rule', 'rule', `M${box.x + 3} ${box.y}H${box.x + box.width - 3}`),
    text(
      'where',
      'where',
      box.x + style.indent * 0.5,
      box.y + box.height / 2 + style.badge.size * 0.36,
      pictureWords[replay.data.lang].elsewhere,
      { size: style.badge.size },
    ),
    ...shapes,
  ]);
}

function badge(
  key: string,
  status: string,
  label: string,
  x: number,
  y: number,
  width: number,
  style: CodeStyle,
): Shape {
  const { height, size } = style.badge;
  return group(
    key,
    `badge ${status}`,
    [
      rect('box', '', { x: 0, y: 0, width, height }),
      text('label', '', width / 2, height / 2 + size * 0.36, label, { size, weight: 'bold', anchor: 'middle' }),
    ],
    x,
    y,
  );
}

/** Keeps a whole top-level definition in view where it fits, so that the code stands still while one of them runs. */
function rowsAround(rows: readonly Row[], visible: number, focus: number): readonly Row[] {
  const last = rows.length - visible;
  const at = rows.findIndex((row) => row.line === focus);
  let start = at;
  while (start > 0 && !(rows[start]?.first && /^[^\s#)\]}]/.test(lineText(rows[start]?.tokens ?? [])))) start--;
  const wanted = at - start < visible - 1 ? start : at - Math.floor(visible / 2);
  const top = Math.max(0, Math.min(last, wanted));
  return rows.slice(top, top + visible);
}
