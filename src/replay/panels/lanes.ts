import { clip, sansWidth } from '../../text/width.ts';
import type { Axis } from '../axis.ts';
import { deadlockRing } from '../deadlock.ts';
import { type Reason, reasonOf } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { type Box, fittingSize, glyph, group, path, rect, type Shape, text } from '../shapes.ts';
import type { JobState, State } from '../state.ts';
import { type Texture, textureStrokes } from '../texture.ts';
import { words } from '../words.ts';
import { band, plate } from './blocked.ts';
import { bracketRoom, brackets } from './brackets.ts';
import type { LaneEnd } from './connectors.ts';
import { type Lane, laneCount, lanesOf, threadCount, threadLabel, threadReason } from './laneRows.ts';
import { ringArrows } from './ring.ts';
import { type Stretch, type Tone, visibleStretches } from './stretches.ts';
import { fitAxis, instants, nowLine, type Scale, times } from './timeAxis.ts';

/** Sizes of the lanes, in pixels. */
export interface LanesStyle {
  /** Lanes that are drawn at most, the row of the folded included. */
  readonly most: number;
  readonly laneHeights: readonly [least: number, most: number];
  /** Room for the reasons right of the axis. */
  readonly reasonWidth: number;
  /** Room right of the reasons, for connectors to what lies below. */
  readonly gutter: number;
  readonly size: number;
  /** Narrowest and widest slot; below the narrowest the axis scrolls with the run. */
  readonly slots: readonly [least: number, most: number];
  /** The task that a viewer follows: its lane is never folded, and marked. */
  readonly followed: number | null;
  /** Whether what holds the thread is written beside its band; default true. */
  readonly plate?: boolean;
}

/** What the lanes give to the other panels. */
export interface LanesPicture {
  readonly shape: Shape;
  /** Where a task's card rests while it neither runs nor stands in the queue. */
  readonly ends: ReadonlyMap<number, Box>;
  /** Where the words of each task's lane end. */
  readonly words: ReadonlyMap<number, LaneEnd>;
  /** Baseline of the times under the lanes. */
  readonly bottom: number;
  /** Whether the words about a blocked loop stand in them. */
  readonly tellsBlock: boolean;
}

/** Texture of each tone; those without are solid. */
const textures: Readonly<Partial<Record<Tone, Texture>>> = { waiting: 'hatch', ready: 'dots', cancelled: 'cross' };

/** How the last run of a task looks, by its outcome. */
const endTones = { ok: 'running', cancelled: 'cancelled', error: 'failed' } as const;

/** Every task's life on the axis up to now, and why it stands where it stands. */
export function lanesPanel(replay: Replay, state: State, axis: Axis, box: Box, style: LanesStyle): LanesPicture {
  const { size } = style;

  // 1. Which lanes, how high; room for labels left and for reasons right.
  const lanes = lanesOf(replay, state, style.most, style.followed);
  const rows = Math.min(style.most, laneCount(replay));
  const [least, most] = style.laneHeights;
  const height = Math.max(least, Math.min(most, (box.height - size * 1.5) / rows));
  const bottom = box.y + rows * height;
  const labelWidth = labelRoom(replay, size);
  const bracketWidth = bracketRoom(replay);
  const left = box.x + labelWidth + 18 + bracketWidth;
  const field = {
    x: left,
    y: box.y - 6,
    width: box.x + box.width - style.reasonWidth - style.gutter * 0.6 - 16 - left,
    height: rows * height + 6,
  };
  const scale = fitAxis(axis, axis.position(state.index), field, style.slots);
  const timesY = bottom + size * 1.12;

  // 2. The lanes, row by row.
  const byTone = (): Record<Tone, Shape[]> => ({
    waiting: [],
    ready: [],
    running: [],
    cancelled: [],
    failed: [],
    outside: [],
  });
  const stretches = byTone();
  const strokes = byTone();
  const bar = Math.min(height * 0.62, 72);
  const ends = new Map<number, Box>();
  const reasonX = field.x + field.width + 34;
  const middles = new Map(
    lanes.flatMap((lane, n) => (lane.kind === 'task' ? [[lane.task.id, box.y + (n + 0.5) * height] as const] : [])),
  );
  const jobMiddles = new Map(
    lanes.flatMap((lane, n) =>
      lane.kind === 'thread' ? lane.jobs.map(({ id }) => [id, box.y + (n + 0.5) * height] as const) : [],
    ),
  );
  const waits = deadlockRing(state);
  const ring = ringArrows(waits, middles, box.x + box.width);
  const inRing = new Set(waits.map(({ from }) => from));
  const edge = box.x + box.width - style.gutter;
  const edgeOf = (lane: Lane) => (lane.kind === 'task' && inRing.has(lane.task.id) ? ring.left : edge);
  const laneWords = new Map<number, LaneEnd>();
  const shapes = lanes.map((lane, n) => {
    const middle = box.y + (n + 0.5) * height;
    for (const { tone, key, x, width } of visibleStretches(stretchesOf(replay, state, axis, lane, scale), scale)) {
      const span = { x, y: middle - bar / 2, width, height: bar };
      stretches[tone].push(rect(`${lane.key}-${key}`, '', span));
      const texture = textures[tone];
      if (texture) strokes[tone].push(path(`${lane.key}-${key}-strokes`, 'strokes', textureStrokes(texture, span)));
    }
    if (lane.kind === 'task') ends.set(lane.task.id, { x: reasonX - 17, y: middle - 17, width: 34, height: 34 });
    const rule = path('rule', 'rule', `M${left - 1} ${middle + height / 2}H${box.x + box.width}`);
    const end = laneEnd(replay, state, lane, lane.kind === 'fold' ? left - 18 : reasonX, middle, edgeOf(lane), size);
    if (lane.kind === 'task') laneWords.set(lane.task.id, { x: end.right, y: middle });
    const followed = lane.kind === 'task' && lane.task.id === style.followed;
    return group(lane.key, followed ? 'lane followed' : 'lane', [
      rule,
      laneLabel(lane, left - 16 - bracketWidth, middle, labelWidth, size),
      ...end.shapes,
    ]);
  });
  const spans = (Object.keys(stretches) as Tone[])
    .filter((tone) => stretches[tone].length > 0)
    .map((tone) => group(tone, `spans ${tone}`, [...stretches[tone], ...strokes[tone]]));

  // 3. Bands where the thread was held, the times, and now.
  const bands = axis.gaps.filter((gap) => gap.blocked && gap.index <= state.index);
  const held = bands.find((gap) => gap.event === state.blocked?.i);
  const said =
    held && state.blocked && replay.labels.size > 0 && style.plate !== false
      ? plate(replay, state.blocked, scale, field, size)
      : null;
  const shape = group('lanes', 'lanes', [
    group('ground', 'ground', instants(axis, scale, field)),
    group('rows', '', shapes),
    group('brackets', '', brackets(state, { tasks: middles, jobs: jobMiddles }, left - 2, height)),
    ...ring.shapes,
    group('spans', '', spans),
    group(
      'bands',
      '',
      bands.map((gap) => band(gap, scale, field)),
    ),
    group('times', '', times(replay, state, axis, scale, { ...field, y: timesY }, size)),
    nowLine(scale, field.y - 6, bottom + 4),
    ...(said ? [said] : []),
  ]);
  const about = (x: number, y: number) => {
    const lane = x < box.x ? undefined : lanes[Math.floor((y - box.y) / height)];
    return lane?.kind === 'task' ? ({ kind: 'task', id: lane.task.id } as const) : null;
  };
  return { shape: { ...shape, about }, ends, words: laneWords, bottom: timesY, tellsBlock: said !== null };
}

function labelRoom(replay: Replay, size: number): number {
  const labels = replay.labels.size > 0 ? [] : [words[replay.data.lang].program];
  for (let n = 1; n <= threadCount(replay); n++) labels.push(threadLabel(replay, n));
  const widths = [replay.labelWidth * size, ...labels.map((label) => sansWidth(label, size, 'bold'))];
  return Math.max(76, Math.min(160, Math.max(...widths)));
}

function laneLabel(lane: Lane, x: number, middle: number, room: number, size: number): Shape {
  const over = lane.kind === 'task' && lane.task.status === 'done' && lane.task.end?.outcome === 'ok';
  const name = lane.kind === 'fold' ? 'more' : over ? 'label over' : 'label';
  const fitted = fittingSize(lane.label, room, [size * 1.12, size, size * 0.87, size * 0.75], 'bold');
  return text('label', name, x, middle + fitted * 0.36, lane.label, { size: fitted, weight: 'bold', anchor: 'end' });
}

/** The stretches of one lane up to now. */
function stretchesOf(replay: Replay, state: State, axis: Axis, lane: Lane, scale: Scale): readonly Stretch[] {
  const now = axis.position(state.index);
  if (lane.kind === 'program') return [{ tone: 'running', key: 'p', from: axis.position(-1), to: now }];
  if (lane.kind === 'thread') return lane.jobs.flatMap((job) => jobStretch(state, axis, job));
  if (lane.kind === 'fold') return [];
  const { task } = lane;
  const spans = replay.history.spans(task.id, state.index).filter(({ from }) => from <= state.index);
  return spans.map(({ from, to, status }, n) => {
    const end = axis.position(Math.min(to, state.index));
    if (status !== 'running') return { tone: status, key: String(n), from: axis.position(from), to: end };
    const last = task.end !== null && task.end.i === to;
    const start = axis.position(from - 1);
    // A run that has just begun is a sliver, not nothing.
    return {
      tone: last && task.end ? endTones[task.end.outcome] : 'running',
      key: String(n),
      from: start,
      to: Math.max(end, Math.min(axis.length, start + 4 / scale.slot)),
    };
  });
}

/** A thread's job has a clock of its own, which may be ahead of the loop's. */
function jobStretch(state: State, axis: Axis, job: JobState): readonly Stretch[] {
  if (job.from === null || job.start === null) return [];
  const from = Math.max(axis.positionOfTime(job.from), axis.position(job.start));
  const now = axis.position(state.index);
  const over = job.to !== null && job.to <= state.nanoseconds;
  const to = over ? Math.min(now, Math.max(from, axis.positionOfTime(job.to ?? 0))) : now;
  return [{ tone: 'outside', key: String(job.id), from, to }];
}

/** Why the lane stands where it stands: a glyph and a few words. */
function laneEnd(
  replay: Replay,
  state: State,
  lane: Lane,
  x: number,
  middle: number,
  right: number,
  size: number,
): { readonly shapes: readonly Shape[]; readonly right: number } {
  const reason = lane.kind === 'task' ? reasonOf(replay, state, lane.task) : otherReason(replay, state, lane);
  const room = right - x - 28;
  const weight = reason.glyph === 'run' || reason.glyph === 'error' ? 'bold' : undefined;
  const fitted = fittingSize(reason.text, room, [size, size * 0.93, size * 0.87], weight);
  const short = reason.brief !== undefined && sansWidth(reason.text, fitted, weight) > room;
  const content = clip(short ? (reason.brief ?? '') : reason.text, room, (part) => sansWidth(part, fitted, weight));
  const name = lane.kind === 'fold' ? 'more' : `reason ${reason.glyph}`;
  const words = text('reason', name, x + 26, middle + fitted * 0.36, content, { size: fitted });
  return {
    shapes: lane.kind === 'fold' ? [words] : [glyph('glyph', reason.glyph, x, middle), words],
    right: x + 26 + sansWidth(content, fitted, weight),
  };
}

function otherReason(replay: Replay, state: State, lane: Exclude<Lane, { kind: 'task' }>): Reason {
  const w = words[replay.data.lang];
  if (lane.kind === 'fold') return { glyph: 'wait', text: lane.text };
  if (lane.kind === 'thread') return threadReason(replay, state, lane);
  if (state.end)
    return state.end.outcome === 'ok'
      ? { glyph: 'done', text: w.finished }
      : { glyph: 'error', text: state.end.error?.type ?? 'Exception' };
  return state.blocked ? { glyph: 'error', text: w.held } : { glyph: 'run', text: w.running };
}
