import { clip, sansWidth } from '../../text/width.ts';
import type { Axis, Gap } from '../axis.ts';
import { reasonOf } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { shownLine } from '../replay.ts';
import { type Box, fittingSize, glyph, group, path, rect, type Shape, text } from '../shapes.ts';
import type { JobState, State, TaskState } from '../state.ts';
import { durationText, lineText, timeText, words } from '../words.ts';

/** Sizes of the lanes, in pixels. */
export interface LanesStyle {
  /** Lanes that are drawn at most, the row of the folded included. */
  readonly most: number;
  readonly laneHeights: readonly [least: number, most: number];
  /** Room for the reasons right of the axis. */
  readonly reasonWidth: number;
  readonly size: number;
  /** Narrowest and widest slot; below the narrowest the axis scrolls with the run. */
  readonly slots: readonly [least: number, most: number];
}

/** What the lanes give to the other panels. */
export interface LanesPicture {
  readonly shape: Shape;
  /** Where a task's card rests while it neither runs nor stands in the queue. */
  readonly ends: ReadonlyMap<number, Box>;
  readonly bottom: number;
}

/** One row: a task, a thread of the executor, or all that found no room. */
type Lane =
  | { readonly kind: 'task'; readonly key: string; readonly label: string; readonly task: TaskState }
  | { readonly kind: 'thread'; readonly key: string; readonly label: string; readonly jobs: readonly JobState[] }
  | { readonly kind: 'program'; readonly key: string; readonly label: string }
  | { readonly kind: 'fold'; readonly key: string; readonly label: string; readonly text: string };

/** Every task's life on the axis up to now, and why it stands where it stands. */
export function lanesPanel(
  replay: Replay,
  state: State,
  axis: Axis,
  box: Box,
  patterns: string,
  style: LanesStyle,
): LanesPicture {
  // 1. Which lanes, how high.
  const lanes = lanesOf(replay, state, style.most);
  const rows = Math.min(style.most, Math.max(lanes.length, laneCount(replay)));
  const axisRoom = style.size * 1.5;
  const height = Math.max(
    style.laneHeights[0],
    Math.min(style.laneHeights[1], (box.height - axisRoom) / Math.max(1, rows)),
  );
  const bottom = box.y + rows * height;

  // 2. The axis: the whole run when its slots are wide enough, else a window that follows now.
  const labelWidth = Math.max(
    76,
    ...[...replay.labels.values()].map((label) => Math.min(150, sansWidth(label, style.size, 'bold'))),
    ...(hasThreads(replay) ? [sansWidth(threadLabel(replay, 9), style.size, 'bold')] : []),
  );
  const left = box.x + labelWidth + 18;
  const right = box.x + box.width - style.reasonWidth - 16;
  const room = right - left;
  const slot = Math.max(style.slots[0], Math.min(style.slots[1], room / axis.length));
  const now = axis.position(state.index);
  const slots = room / slot;
  const offset = axis.length <= slots ? 0 : Math.max(0, Math.min(axis.length - slots, now - slots * 0.8));
  const place = (position: number) => Math.max(left, Math.min(right, left + (position - offset) * slot));

  // 3. Instants as faint columns, gaps with the time that passes in them.
  const ground: Shape[] = [];
  const times: Shape[] = [];
  const timeY = bottom + style.size * 1.12;
  const nowX = place(now);
  let lastEnd = Number.NEGATIVE_INFINITY;
  const label = (key: string, name: string, middle: number, content: string) => {
    const width = sansWidth(content, style.size * 0.87);
    const half = width / 2;
    if (middle - half < lastEnd + 10 || middle + half > right + 40) return;
    if (
      Math.abs(middle - nowX) <
      half + sansWidth(timeText(state.nanoseconds, replay.data.lang), style.size, 'bold') / 2 + 8
    )
      return;
    lastEnd = middle + half;
    times.push(text(key, name, middle, timeY, content, { size: style.size * 0.87, anchor: 'middle' }));
  };
  axis.columns.forEach((column, n) => {
    const from = place(column.from);
    const to = place(column.to);
    if (to - from > 0.5)
      ground.push(rect(`i${n}`, 'instant', { x: from, y: box.y - 6, width: to - from, height: bottom - box.y + 6 }));
    const gap = axis.gaps[n];
    if (column.from <= now && to - from > 0.5)
      label(
        `i${n}`,
        'time',
        (from + to) / 2,
        n === 0 ? durationText(column.nanoseconds, replay.data.lang) : timeText(column.nanoseconds, replay.data.lang),
      );
    if (gap && gap.from < now)
      label(
        `g${n}`,
        'time',
        (place(gap.from) + place(gap.to)) / 2,
        `+${durationText(gap.nanoseconds, replay.data.lang)}`,
      );
  });

  // 4. The lanes.
  const byState: Record<'running' | 'ready' | 'waiting' | 'cancelled' | 'outside', Shape[]> = {
    running: [],
    ready: [],
    waiting: [],
    cancelled: [],
    outside: [],
  };
  const rowsShapes: Shape[] = [];
  const ends = new Map<number, Box>();
  const barHeight = Math.min(height * 0.62, 52);
  const reasonX = right + 34;
  lanes.forEach((lane, n) => {
    const y = box.y + n * height;
    const middle = y + height / 2;
    const bar = { y: middle - barHeight / 2, height: barHeight };
    const span = (name: keyof typeof byState, key: string, from: number, to: number) => {
      const x = place(from);
      const width = Math.max(place(to) - x, 0);
      if (width >= 0.5) byState[name].push(rect(`${lane.key}-${key}`, '', { ...bar, x, width }));
    };
    const contents: Shape[] = [];
    if (n < rows) contents.push(path('rule', 'rule', `M${left - 1} ${y + height}H${box.x + box.width}`));
    if (lane.kind === 'fold') {
      contents.push(
        text('label', 'more', left - 16, middle + style.size * 0.36, lane.label, {
          size: style.size,
          weight: 'bold',
          anchor: 'end',
        }),
      );
      contents.push(
        text(
          'reason',
          'more',
          left + 10,
          middle + style.size * 0.36,
          clip(lane.text, box.x + box.width - left - 20, (content) => sansWidth(content, style.size)),
          { size: style.size },
        ),
      );
    } else {
      const over = lane.kind === 'task' && lane.task.status === 'done' && lane.task.end?.outcome === 'ok';
      const size = fittingSize(
        lane.label,
        labelWidth,
        [style.size * 1.12, style.size, style.size * 0.87, style.size * 0.75],
        'bold',
      );
      contents.push(
        text('label', over ? 'label over' : 'label', left - 16, middle + size * 0.36, lane.label, {
          size,
          weight: 'bold',
          anchor: 'end',
        }),
      );
    }
    if (lane.kind === 'task') {
      const { task } = lane;
      for (const [m, { from, to, status }] of (replay.history.spans.get(task.id) ?? []).entries()) {
        if (from > state.index) break;
        const before = status === 'running' ? axis.position(from - 1) : axis.position(from);
        const after = axis.position(Math.min(to, state.index));
        const cancelled =
          status === 'running' && task.end?.outcome === 'cancelled' && task.end.i <= state.index && to === task.end.i;
        span(
          cancelled ? 'cancelled' : status,
          String(m),
          before,
          Math.max(after, status === 'running' ? minimal(axis, before, slot) : after),
        );
      }
      const reason = reasonOf(replay, state, task);
      ends.set(task.id, { x: reasonX - 17, y: middle - 17, width: 34, height: 34 });
      contents.push(glyph('glyph', reason.glyph, reasonX, middle));
      const room = box.x + box.width - reasonX - 30;
      const size = fittingSize(reason.text, room, [style.size, style.size * 0.93, style.size * 0.87]);
      const name = `reason ${reason.glyph}`;
      contents.push(
        text(
          'reason',
          name,
          reasonX + 26,
          middle + size * 0.36,
          clip(reason.text, room, (content) => sansWidth(content, size, reason.glyph === 'run' ? 'bold' : 'regular')),
          { size },
        ),
      );
    } else if (lane.kind === 'thread')
      threadSpans(replay, state, axis, lane.jobs, span, contents, reasonX, middle, box.x + box.width, style);
    else if (lane.kind === 'program') {
      span('running', 'p', axis.position(-1), now);
      const w = words[replay.data.lang];
      const ended = state.end !== null;
      contents.push(glyph('glyph', ended ? (state.end?.outcome === 'ok' ? 'done' : 'error') : 'run', reasonX, middle));
      const content = ended ? (state.end?.error?.type ?? w.finished) : w.running;
      contents.push(
        text('reason', `reason ${ended ? 'done' : 'run'}`, reasonX + 26, middle + style.size * 0.36, content, {
          size: style.size,
        }),
      );
    }
    rowsShapes.push(group(lane.key, 'lane', contents));
  });

  // 5. Where the thread was held: a band across all lanes that never looks like running.
  const bands = axis.gaps.filter(
    (gap) => gap.blocked && gap.index <= state.index && place(gap.to) - place(gap.from) > 1,
  );
  const bandShapes = bands.map((gap) =>
    band(replay, state, gap, place, { x: left, y: box.y - 6, width: room, height: bottom - box.y + 6 }, style),
  );

  // 6. Now.
  const nowLine = [
    path('line', 'now', `M${nowX} ${box.y - 12}V${bottom + 4}`),
    text(
      'time',
      'now-time',
      Math.max(left + 30, Math.min(right + 20, nowX)),
      timeY,
      timeText(state.nanoseconds, replay.data.lang),
      { size: style.size, weight: 'bold', anchor: 'middle' },
    ),
  ];
  const spans = (['waiting', 'ready', 'running', 'cancelled', 'outside'] as const)
    .filter((name) => byState[name].length > 0)
    .map((name): Shape => {
      const fill =
        name === 'waiting' || name === 'outside'
          ? 'hatch'
          : name === 'ready'
            ? 'dots'
            : name === 'cancelled'
              ? 'cross'
              : null;
      return {
        key: name,
        tag: 'g',
        attributes: { class: `spans ${name}`, ...(fill ? { fill: `url(#${patterns}${fill})` } : {}) },
        children: byState[name],
      };
    });
  const shape = group('lanes', 'lanes', [
    group('ground', 'ground', ground),
    group('rows', '', rowsShapes),
    group('spans', '', spans),
    group('bands', 'bands', bandShapes),
    group('times', 'times', times),
    group('now', '', nowLine),
  ]);
  return { shape, ends, bottom: timeY };
}

/** A run that has just begun is a sliver, not nothing. */
function minimal(axis: Axis, from: number, slot: number): number {
  return Math.min(axis.length, from + 4 / slot);
}

function band(
  replay: Replay,
  state: State,
  gap: Gap,
  place: (position: number) => number,
  box: Box,
  style: LanesStyle,
): Shape {
  const x = place(gap.from);
  const width = place(gap.to) - x;
  const shapes = [rect('box', '', { ...box, x, width })];
  const event = replay.trace.events[gap.event];
  if (state.blocked?.i === gap.event && event?.k === 'block') {
    const { lang } = replay.data;
    const line = shownLine(replay, event.site);
    const where = `${event.api}${line === null ? '' : `, ${lineText(line, lang)}`}`;
    const what =
      lang === 'ko'
        ? `스레드가 막힘 ${durationText(gap.nanoseconds, lang)}`
        : `blocked for ${durationText(gap.nanoseconds, lang)}`;
    const wide = Math.max(sansWidth(what, style.size, 'bold'), sansWidth(where, style.size * 0.87)) + 32;
    const middle = Math.max(box.x + wide / 2, Math.min(box.x + box.width - wide / 2, x + width / 2));
    const y = box.y + box.height / 2;
    shapes.push(
      rect('plate', 'plate', { x: middle - wide / 2, y: y - style.size * 1.4, width: wide, height: style.size * 2.8 }),
    );
    shapes.push(
      text('what', 'what', middle, y - style.size * 0.2, what, { size: style.size, weight: 'bold', anchor: 'middle' }),
    );
    shapes.push(text('where', 'where', middle, y + style.size, where, { size: style.size * 0.87, anchor: 'middle' }));
  }
  return group(`b${gap.index}`, 'band', shapes);
}

function threadSpans(
  replay: Replay,
  state: State,
  axis: Axis,
  jobs: readonly JobState[],
  span: (name: 'outside', key: string, from: number, to: number) => void,
  contents: Shape[],
  reasonX: number,
  middle: number,
  end: number,
  style: LanesStyle,
): void {
  const now = axis.position(state.index);
  let busy: JobState | null = null;
  for (const job of jobs) {
    if (job.from === null) continue;
    const over = job.to !== null && job.to <= state.nanoseconds;
    if (!over) busy = job;
    const from = Math.max(axis.positionOfTime(job.from), startOf(replay, axis, job));
    span('outside', String(job.id), from, over ? Math.min(now, Math.max(from, axis.positionOfTime(job.to ?? 0))) : now);
  }
  const w = words[replay.data.lang];
  contents.push(glyph('glyph', busy ? 'thread' : 'done', reasonX, middle));
  const content = busy ? busy.label : w.finished;
  const room = end - reasonX - 30;
  contents.push(
    text(
      'reason',
      `reason ${busy ? 'thread' : 'done'}`,
      reasonX + 26,
      middle + style.size * 0.36,
      clip(content, room, (part) => sansWidth(part, style.size)),
      { size: style.size },
    ),
  );
}

function startOf(replay: Replay, axis: Axis, job: JobState): number {
  const event = replay.trace.events.findIndex((candidate) => candidate.k === 'tstart' && candidate.job === job.id);
  return event < 0 ? 0 : axis.position(event);
}

function hasThreads(replay: Replay): boolean {
  return replay.trace.events.some((event) => event.k === 'tstart');
}

function threadLabel(replay: Replay, number: number): string {
  return `${words[replay.data.lang].thread} ${number}`;
}

/** Lanes that this trace will ever need, so that their height does not change while it runs. */
function laneCount(replay: Replay): number {
  const threads = new Set(replay.trace.events.flatMap((event) => (event.k === 'tstart' ? [event.thread] : [])));
  return replay.labels.size + threads.size;
}

/** Tasks and threads in fixed order while they fit; else those that matter now, the rest folded into one row. */
function lanesOf(replay: Replay, state: State, most: number): readonly Lane[] {
  const tasks: Lane[] = [...state.tasks.values()].map((task) => ({
    kind: 'task',
    key: `t${task.id}`,
    label: replay.labels.get(task.id) ?? '?',
    task,
  }));
  const threads = new Map<string, JobState[]>();
  for (const job of state.jobs.values())
    if (job.thread !== null) threads.set(job.thread, [...(threads.get(job.thread) ?? []), job]);
  const threadLanes: Lane[] = [...threads].map(([thread, jobs], n) => ({
    kind: 'thread',
    key: `x${thread}`,
    label: threadLabel(replay, n + 1),
    jobs,
  }));
  if (replay.labels.size === 0)
    return [
      { kind: 'program', key: 'program', label: words[replay.data.lang].program },
      ...threadLanes.slice(0, most - 1),
    ];
  if (laneCount(replay) <= most) return [...tasks, ...threadLanes];

  const kept = threadLanes.slice(0, 2);
  const room = most - 1 - kept.length;
  const urgency = (task: TaskState) =>
    task.id === 1 ? 0 : task.status === 'running' ? 1 : task.status === 'ready' ? 2 : task.status === 'waiting' ? 3 : 4;
  const order = [...state.tasks.values()].sort(
    (a, b) => urgency(a) - urgency(b) || (a.status === 'done' ? b.id - a.id : a.id - b.id),
  );
  const chosen = new Set(order.slice(0, room).map(({ id }) => id));
  const folded = order.slice(room);
  const rows = tasks.filter((lane) => lane.kind === 'task' && chosen.has(lane.task.id));
  if (folded.length === 0) return [...rows, ...kept];
  return [
    ...rows,
    { kind: 'fold', key: 'fold', label: `+${folded.length}`, text: foldText(replay, state, folded) },
    ...kept,
  ];
}

/** What the folded tasks do, the most frequent first: `세마포어 9 · 끝남 5`. */
function foldText(replay: Replay, state: State, folded: readonly TaskState[]): string {
  const counts = new Map<string, number>();
  for (const task of folded) {
    const reason =
      reasonOf(replay, state, task)
        .text.split(/[,:→≤]/)[0]
        ?.trim() ?? '';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => `${reason} ${count}`)
    .join(' · ');
}
