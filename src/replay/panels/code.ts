import { columns } from '../../text/width.ts';
import { groupBy } from '../groupBy.ts';
import { type Replay, shownLine } from '../replay.ts';
import { type Box, group, rect, type Shape, text, widthOf, words } from '../shapes.ts';
import type { State, TaskState } from '../state.ts';
import { lineText, type Row, wrap } from './codeRows.ts';

/** How the code is set; sizes in pixels. */
export interface CodeStyle {
  /** Font sizes to try, falling; lines too long for the last are wrapped. */
  readonly sizes: readonly number[];
  readonly lineHeights: readonly [least: number, most: number];
  readonly rows: number;
  /** Left edge of the code inside of the panel, right of the line numbers. */
  readonly indent: number;
  readonly badge: { readonly height: number; readonly size: number };
  readonly padding: number;
  /** Width of the strong edge beside the running line. */
  readonly edge: number;
}

/** The code with its running line and a badge for every task that is parked in it. */
export function codePanel(replay: Replay, state: State, box: Box, style: CodeStyle): Shape {
  // 1. The largest size in which the longest line fits; what does not fit the smallest is wrapped.
  const room = box.width - style.indent - style.badge.height / 3;
  const parking = parkingLines(replay);
  const needed = (size: number) =>
    Math.max(
      ...replay.data.code.map(
        (line, n) => (columns(lineText(line)) * size) / 2 + (parking.has(n + 1) ? badgeRoom(replay, style) : 0),
      ),
    );
  const size = style.sizes.find((candidate) => needed(candidate) <= room) ?? style.sizes.at(-1) ?? 24;
  const width = (line: number) => Math.floor(((room - (parking.has(line) ? badgeRoom(replay, style) : 0)) * 2) / size);
  const rows = replay.data.code.flatMap((line, n) => wrap(line, n + 1, width(n + 1)));

  // 2. The part that is shown follows the run.
  const count = Math.min(rows.length, style.rows);
  const [least, most] = style.lineHeights;
  const height = Math.max(least, Math.min(most, (box.height - 2 * style.padding) / count));
  const visible = Math.min(count, Math.floor((box.height - 2 * style.padding) / height));
  const focus = focusLine(replay, state);
  const top = firstRow(rows, visible, focus);
  const shown = rows.slice(top, top + visible);
  const rowY = (n: number) => box.y + style.padding + n * height;
  const baseline = (n: number) => rowY(n) + height / 2 + size * 0.35;

  // 3. The bar under the line that has the thread.
  const shapes: Shape[] = [rect('panel', 'panel code', box)];
  const running = runningLine(replay, state);
  const first = shown.findIndex((row) => row.line === running);
  if (first >= 0) {
    const bars = shown.filter((row) => row.line === running).length * height;
    const tone = state.blocked || state.raised || state.end?.outcome === 'raised' ? ' alert' : '';
    shapes.push(rect('bar', `bar${tone}`, { x: box.x + 3, y: rowY(first), width: box.width - 6, height: bars }));
    shapes.push(rect('edge', `edge${tone}`, { x: box.x + 3, y: rowY(first), width: style.edge, height: bars }));
  }

  // 4. Numbers and code.
  const lines: Shape[] = [];
  shown.forEach((row, n) => {
    const key = `${row.line}${row.first ? '' : `-${n}`}`;
    if (row.first)
      lines.push(
        text(`n${key}`, 'number', box.x + style.indent - size * 0.85, baseline(n), String(row.line), {
          size: size * 0.8,
          anchor: 'end',
          mono: true,
        }),
      );
    const pieces = row.tokens.map((token) => ({
      text: token.text,
      name: token.kind === 'plain' ? '' : `tok-${token.kind}`,
    }));
    if (pieces.length > 0)
      lines.push(words(`l${key}`, '', box.x + style.indent, baseline(n), pieces, { size, mono: true }));
  });
  shapes.push(group('lines', 'lines', lines));

  // 5. A badge for every task, at the line where it stands; those of hidden lines wait at the edge.
  shapes.push(group('badges', 'badges', badges(replay, state, shown, box, rowY, height, style)));
  return group('code', 'code-panel', shapes);
}

function badges(
  replay: Replay,
  state: State,
  shown: readonly Row[],
  box: Box,
  rowY: (row: number) => number,
  height: number,
  style: CodeStyle,
): Shape[] {
  // From the right: who runs, who is ready in the queue's order, who waits.
  const place = (task: TaskState) => {
    const queued = state.ready.findIndex((entry) => entry.task === task.id);
    return task.status === 'running' ? -1 : queued >= 0 ? queued : state.ready.length + task.id;
  };
  const tasks = [...state.tasks.values()].filter(({ status }) => status !== 'done' && status !== 'new');
  const byRow = groupBy(
    tasks.sort((a, b) => place(a) - place(b)),
    (task) => {
      const line = shownLine(replay, task.site);
      return line === null ? -1 : shown.findIndex((row) => row.line === line);
    },
  );
  const shapes: Shape[] = [];
  for (const [row, tasks] of byRow) {
    if (row < 0) continue;
    let right = box.x + box.width - 12;
    const limit = box.x + box.width * 0.55;
    const y = rowY(row) + (height - style.badge.height) / 2;
    for (const [n, { id, status }] of tasks.entries()) {
      const label = replay.labels.get(id) ?? '?';
      const width = badgeWidth(label, style);
      const rest = tasks.length - n;
      if (rest > 1 && right - width < limit + style.badge.height * 1.4) {
        shapes.push(
          badge(
            `more${row}`,
            'waiting',
            `+${rest}`,
            right - style.badge.height * 1.6,
            y,
            style.badge.height * 1.6,
            style,
          ),
        );
        break;
      }
      const alert = status === 'running' && (state.blocked || state.raised) ? ' alert' : '';
      shapes.push(badge(`b${id}`, status + alert, label, right - width, y, width, style));
      right -= width + 6;
    }
  }
  return shapes;
}

/** Lines that tasks will be parked on: these leave room for a badge where the size allows. */
function parkingLines(replay: Replay): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const site of replay.cast.parking) {
    const line = shownLine(replay, site);
    if (line !== null) lines.add(line);
  }
  return lines;
}

function badgeRoom(replay: Replay, style: CodeStyle): number {
  return 10 + Math.max(style.badge.height, ...[...replay.labels.values()].map((label) => badgeWidth(label, style)));
}

function badgeWidth(label: string, style: CodeStyle): number {
  const { height, size } = style.badge;
  return Math.max(height, widthOf(label, { size, weight: 'bold' }) + height * 0.45);
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

/** The line that has the thread now: none between two steps. */
function runningLine(replay: Replay, state: State): number | null {
  if (state.end?.outcome === 'raised') return failingLine(replay, state);
  const task = state.running?.task ?? null;
  const site = state.blocked?.site ?? (task === null ? state.programSite : (state.tasks.get(task)?.site ?? null));
  return task === null && state.loops > 0 && !state.blocked ? null : shownLine(replay, site);
}

/** The line that first raised what ended the program: it was raised anew on every line that let it pass. */
function failingLine(replay: Replay, state: State): number | null {
  let found: number | null = null;
  for (let n = state.index; n >= 0; n--) {
    const event = replay.trace.events[n];
    if (event?.k === 'handled' && found !== null) break;
    if (event?.k !== 'raise' || event.error.type !== state.end?.error?.type) continue;
    found = shownLine(replay, event.site) ?? found;
  }
  return found;
}

/** The line to keep in view: the running one, else the one that was left last. */
function focusLine(replay: Replay, state: State): number {
  const running = runningLine(replay, state);
  if (running !== null) return running;
  for (let n = state.index; n >= 0; n--) {
    const event = replay.trace.events[n];
    if (event && 'site' in event) {
      const line = shownLine(replay, event.site);
      if (line !== null) return line;
    }
  }
  return 1;
}

/** Keeps a whole top-level definition in view where it fits, so that the code stands still while one of them runs. */
function firstRow(rows: readonly Row[], visible: number, focus: number): number {
  const last = rows.length - visible;
  if (last <= 0) return 0;
  const at = rows.findIndex((row) => row.line === focus);
  let start = at;
  while (start > 0 && !(rows[start]?.first && /^[^\s#)\]}]/.test(lineText(rows[start]?.tokens ?? [])))) start--;
  const top = at - start < visible - 1 ? start : at - Math.floor(visible / 2);
  return Math.max(0, Math.min(last, top));
}
