import { type OpenedTrace, stopNumber } from './replay.ts';

/** A part of a replay: steps are counted from 1 as the clock counts them, marks are named by their labels. */
export interface Range {
  readonly from?: number | string;
  readonly to?: number | string;
  /** From this mark to the stop before the next one. */
  readonly mark?: string;
}

/**
 * The stops of a part of a replay.
 *
 * @returns Numbers of its first and last stop, from 0; all stops where nothing is said or a mark was never reached.
 */
export function stopsInRange({
  data,
  stops,
  trace,
}: Pick<OpenedTrace, 'data' | 'stops' | 'trace'>): readonly [number, number] {
  const end = stops.length - 1;
  const { from, to, mark } = data.range ?? {};
  const within = (stop: number) => Math.max(0, Math.min(end, stop));
  const marks = trace.events.flatMap((event) =>
    event.k === 'mark' ? [{ label: event.label, stop: stopNumber(stops, event.i) }] : [],
  );
  const stopOf = (place: number | string | undefined) =>
    typeof place === 'number' ? within(place - 1) : marks.find(({ label }) => label === place)?.stop;
  const marked = stopOf(mark);
  const next = marks.find(({ stop }) => marked !== undefined && stop > marked)?.stop;
  const first = stopOf(from) ?? marked ?? 0;
  const last = stopOf(to) ?? (next === undefined ? end : within(next - 1));
  return first <= last ? [first, last] : [0, end];
}
