import type { Trace } from '../trace/events.ts';
import type { History } from './history.ts';

/** Slots that a gap between two instants takes. */
const gapSlots = 1.8;
/** Empty room at both ends of an instant, in slots. */
const padding = 0.25;

/** Steps of one instant of the clock, side by side. Positions are in slots. */
export interface Column {
  readonly from: number;
  readonly to: number;
  readonly nanoseconds: number;
}

/** Time that passes between two instants. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly nanoseconds: number;
  /** The `advance` or `block` that makes it. */
  readonly event: number;
  /** First event behind it. */
  readonly index: number;
  /** True when the thread was held meanwhile. */
  readonly blocked: boolean;
}

/** The horizontal axis: a position in slots for every event. */
export interface Axis {
  /** Length in slots. */
  readonly length: number;
  readonly columns: readonly Column[];
  readonly gaps: readonly Gap[];
  /** Position when event `index` has happened; −1 is the start. */
  position(index: number): number;
  /** Position of an instant of the clock, for things that happen outside of the loop's thread. */
  positionOfTime(nanoseconds: number): number;
}

/**
 * The instant-expanded axis: every visible run of a task is a slot of equal width, whatever its duration (on a virtual
 * clock it has none); time that passes is a gap of bounded width.
 */
export function expandedAxis(trace: Trace, history: History): Axis {
  const { events } = trace;
  const positions = new Float64Array(events.length);
  const columns: Column[] = [];
  const gaps: Gap[] = [];
  const { beats, stops } = history;
  const widths = beatWidths(trace, history);

  let x = padding;
  let columnStart = 0;
  for (let n = 0; n < (beats[0]?.index ?? events.length); n++) positions[n] = x;
  beats.forEach((beat, n) => {
    const event = events[beat.event];
    const stop = stops[n] ?? beat.index;
    if (event?.k === 'advance' || event?.k === 'block') {
      columns.push({ from: columnStart, to: x + padding, nanoseconds: event.from });
      const from = x + padding;
      gaps.push({
        from,
        to: from + gapSlots,
        nanoseconds: event.to - event.from,
        event: event.i,
        index: beat.index,
        blocked: event.k === 'block',
      });
      columnStart = from + gapSlots;
      x = columnStart + padding;
      for (let i = beat.index; i <= stop; i++) positions[i] = x;
      return;
    }
    const width = widths[n] ?? 0;
    const count = stop - beat.index + 1;
    for (let i = beat.index; i <= stop; i++) positions[i] = x + (width * (i - beat.index + 1)) / count;
    x += width;
  });
  columns.push({ from: columnStart, to: x + padding, nanoseconds: events.at(-1)?.t ?? 0 });

  return {
    length: x + padding,
    columns,
    gaps,
    position: (index) => positions[Math.min(index, events.length - 1)] ?? padding,
    positionOfTime(nanoseconds) {
      const next = firstAtOrAfter(columns, nanoseconds);
      const column = columns[next];
      if (!column) return x;
      const gap = gaps[next - 1];
      if (!gap || column.nanoseconds === nanoseconds) return column.from + padding;
      const share = (column.nanoseconds - nanoseconds) / gap.nanoseconds;
      return gap.to - Math.min(1, share) * gapSlots;
    },
  };
}

/** The true axis, as long as the expanded one: a second is as wide as every other second. */
export function proportionalAxis(trace: Trace, expanded: Axis): Axis {
  const { events } = trace;
  const { length } = expanded;
  const total = Math.max(1, events.at(-1)?.t ?? 1);
  const scale = (nanoseconds: number) => (Math.min(nanoseconds, total) / total) * length;
  return {
    length,
    columns: expanded.columns.map(({ nanoseconds }) => {
      const x = scale(nanoseconds);
      return { from: x, to: x, nanoseconds };
    }),
    gaps: expanded.gaps.map((gap) => {
      const event = events[gap.event];
      const from = event?.k === 'advance' || event?.k === 'block' ? event.from : 0;
      return { ...gap, from: scale(from), to: scale(from + gap.nanoseconds) };
    }),
    position: (index) => scale(events[Math.min(index, events.length - 1)]?.t ?? 0),
    positionOfTime: scale,
  };
}

/** Number of the first column at or after a moment: columns are in order of time. */
function firstAtOrAfter(columns: readonly Column[], nanoseconds: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns[middle]?.nanoseconds ?? 0) < nanoseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Slots that each beat takes: the beats of one run share one slot; leaving the thread takes none. */
function beatWidths(trace: Trace, history: History): number[] {
  const { beats } = history;
  const stepOf = (n: number) => trace.events[beats[n]?.event ?? -1]?.step ?? 0;
  const takes = (n: number) => {
    const kind = beats[n]?.kind;
    return kind === 'run' || kind === 'line' || kind === 'raise' ? 1 : 0;
  };
  const widths: number[] = [];
  for (let n = 0; n < beats.length; ) {
    let end = n + 1;
    if (stepOf(n) !== 0) while (end < beats.length && stepOf(end) === stepOf(n)) end++;
    let sharing = 0;
    for (let m = n; m < end; m++) sharing += takes(m);
    // Code outside of any step has no run to share: each line is half a slot.
    const each = stepOf(n) === 0 ? 0.5 : 1 / Math.max(1, sharing);
    for (let m = n; m < end; m++) widths.push(takes(m) * each);
    n = end;
  }
  return widths;
}
