import type { TraceEvent } from './events.ts';

/** `logical`: each step of the loop lasts 1 ms. `virtual`: the times of the recording, an instant's events side by side. */
export type PerfettoClock = 'logical' | 'virtual';

/** Where events stand, in microseconds; each later than the one before. */
export interface Timeline {
  /** Position of event `i`; of -1, where the first one stands. */
  readonly at: (i: number) => number;
  /** Position of a moment of the recording's clock, in nanoseconds: that of the first event from then on. */
  readonly moment: (nanoseconds: number) => number;
  readonly end: number;
}

const stepMicroseconds = 1000;

/** The part of a step's millisecond that its own events take; what the loop does before the next has the rest. */
const ownShare = 0.9;

/** Room of one event within an instant, where the next instant leaves so much. */
const largestRoom = 1;

/** Gives each event a time of its own. */
export function timeline(events: readonly TraceEvent[], clock: PerfettoClock): Timeline {
  const positions = (clock === 'logical' ? logical : spread)(events).map((value) => Math.round(value * 1000) / 1000);
  const end = positions.at(-1) ?? 0;
  const at = (i: number) => positions[Math.max(0, i)] ?? end;
  const moment = (nanoseconds: number) => {
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((events[middle]?.t ?? 0) < nanoseconds) low = middle + 1;
      else high = middle;
    }
    if (low < events.length) return at(low);
    return clock === 'virtual' ? Math.max(end, nanoseconds / 1000) : end;
  };
  return { at, moment, end };
}

/** Step n begins at n milliseconds. */
function logical(events: readonly TraceEvent[]): number[] {
  const positions: number[] = [];
  let step = 0;
  for (let begin = 0; begin < events.length; ) {
    let next = begin + 1;
    let own = 0;
    for (; next < events.length && events[next]?.k !== 'run'; next++) {
      if (events[next]?.k === 'ran') own = next - begin + 1;
    }
    const share = own > 0 ? ownShare : 0;
    for (let i = begin; i < next; i++) {
      const inside = i - begin;
      const part =
        inside < own
          ? (share * inside) / Math.max(1, own - 1)
          : share + ((1 - share) * (inside - own + 1)) / (next - begin - own + 1);
      positions.push((step + part) * stepMicroseconds);
    }
    step++;
    begin = next;
  }
  return positions;
}

/** Events of one instant follow each other at a distance that never reaches the next instant. */
function spread(events: readonly TraceEvent[]): number[] {
  const positions: number[] = [];
  for (let begin = 0; begin < events.length; ) {
    const t = events[begin]?.t ?? 0;
    let next = begin + 1;
    while (next < events.length && events[next]?.t === t) next++;
    const gap = next < events.length ? ((events[next]?.t ?? t) - t) / 1000 : Number.POSITIVE_INFINITY;
    const room = Math.min(largestRoom, gap / (next - begin + 1));
    for (let i = begin; i < next; i++) positions.push(t / 1000 + (i - begin) * room);
    begin = next;
  }
  return positions;
}
