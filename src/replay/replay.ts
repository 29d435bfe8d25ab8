import { sansWidth } from '../text/width.ts';
import type { Trace } from '../trace/events.ts';
import { packTrace, unpackTrace } from '../trace/pack.ts';
import { readTrace } from '../trace/read.ts';
import { type Axis, expandedAxis, proportionalAxis } from './axis.ts';
import { captionOf } from './captions.ts';
import { type Cast, castOf } from './cast.ts';
import type { PageData, ReplayBlock, ReplayData } from './data.ts';
import { type History, readHistory } from './history.ts';
import { type KeyStep, keyStepsOf } from './keySteps.ts';
import { taskLabels } from './labels.ts';
import type { State } from './state.ts';
import { timeText } from './words.ts';

/** A recording, opened for replaying. Nothing in it changes. */
export interface Replay {
  readonly data: ReplayBlock;
  readonly trace: Trace;
  /** Indices of the events at which stepping stops: the visible steps, in order. */
  readonly stops: readonly number[];
  /** Steps worth a click; their indices are among `stops`. Never empty. */
  readonly keySteps: readonly KeyStep[];
  /** Short distinct names of the tasks, by number. */
  readonly labels: ReadonlyMap<number, string>;
  readonly history: History;
  readonly cast: Cast;
  /** Width of the widest label, bold, in ems. */
  readonly labelWidth: number;
  /** Every step has its room. */
  readonly axis: Axis;
  /** Every second has its room. */
  readonly proportional: Axis;
  /** All that is true after event `index`; −1 is before the first. Depends on `index` only. */
  stateAt(index: number): State;
  /** Both clocks at event `index`; `step` counts stops from 1. */
  clock(index: number): Clock;
  /** One sentence for the stop that shows event `index`. */
  caption(index: number): string;
}

/** The time of the loop and the step, in words. */
export interface Clock {
  /** `1.0초` */
  readonly time: string;
  readonly step: number;
  readonly steps: number;
  /** `14 / 36단계` or `step 14 / 36` */
  readonly text: string;
}

/**
 * Opens a recording: finds its stops and key steps, names its tasks.
 *
 * @throws {TraceError} When `data.trace` is not a trace.
 */
export function openReplay(given: ReplayData | PageData): Replay {
  const { trace: recorded, keySteps: known, ...data } = { keySteps: undefined, ...given };
  const trace = typeof recorded === 'string' ? readTrace(recorded, `${data.id}.jsonl`) : unpackTrace(recorded);
  const history = readHistory(trace, skippedLines(data, trace));
  const labels = taskLabels(trace);
  const { stops } = history;
  const axis = expandedAxis(trace, history);
  const base = {
    data,
    trace,
    stops,
    labels,
    history,
    cast: castOf(trace),
    labelWidth: Math.max(0, ...[...labels.values()].map((label) => sansWidth(label, 1, 'bold'))),
    axis,
    proportional: proportionalAxis(trace, axis),
    stateAt: history.stateAt,
    clock(index: number): Clock {
      const step = stopNumber(stops, index) + 1;
      const time = timeText(trace.events[Math.max(0, index)]?.t ?? 0, data.lang);
      const text = data.lang === 'ko' ? `${step} / ${stops.length}단계` : `step ${step} / ${stops.length}`;
      return { time, step, steps: stops.length, text };
    },
  };
  const keySteps = known ?? keyStepsOf(base);
  const captions = new Map(keySteps.map(({ index, caption }) => [index, caption]));
  return { ...base, keySteps, caption: (index) => captions.get(index) ?? captionOf(base, stopNumber(stops, index)) };
}

/** The replay as a page carries it; `openReplay` gives back its equal. */
export function pageDataOf({ data, trace, keySteps }: Replay): PageData {
  return { ...data, trace: packTrace(trace), keySteps };
}

/** What is known of a replay before its key steps are. */
export type OpenedTrace = Omit<Replay, 'keySteps' | 'caption'>;

/** Whether a panel is to be shown: one that the author named, or any when none was named. */
export function wants(
  replay: Pick<Replay, 'data'>,
  view: 'code' | 'thread' | 'queue' | 'lanes' | 'timers' | 'resources' | 'variables' | 'console',
): boolean {
  return replay.data.views?.includes(view) ?? true;
}

/** Number (from 0) of the stop that shows event `index`: the first stop at or after it. */
export function stopNumber(stops: readonly number[], index: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle] ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number that a site's line is shown with, from 1; null when it lies outside of the block. */
export function shownLine(replay: Pick<Replay, 'data' | 'trace'>, site: number | null): number | null {
  const line = site === null ? undefined : replay.trace.header.sites[site]?.[0];
  if (line === undefined) return null;
  const shown = line - replay.data.firstLine + 1;
  return shown >= 1 && shown <= replay.data.code.length ? shown : null;
}

/** Beside a loop, the program's own lines are only scenery; without one, definitions and imports are. */
function skippedLines(data: ReplayBlock, trace: Trace): (site: number) => boolean {
  const hasLoop = trace.events.some((event) => event.k === 'open');
  return (site) => {
    const line = shownLine({ data, trace }, site);
    if (hasLoop || line === null) return true;
    const code = (data.code[line - 1] ?? []).map(({ text }) => text).join('');
    return /^(import|from|def|class|async\s+def|@|if __name__)\b|^@/.test(code);
  };
}
