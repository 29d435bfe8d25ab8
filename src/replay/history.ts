import type { Trace, TraceEvent } from '../trace/events.ts';
import { apply, copyState, type Draft } from './apply.ts';
import { initialState, type State, type Status } from './state.ts';

/** Events between two stored states. */
const keyframeDistance = 512;

/** A stretch of a task's life: from the event that began it up to the event that ended it (`Infinity`: it lasts). */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly status: Exclude<Status, 'new' | 'done'>;
}

/** Something that a viewer can see happen. A stop shows the state just before the next beat. */
export interface Beat {
  /** Index of the first event that belongs to it. */
  readonly index: number;
  /** Index of the event that it is named for. */
  readonly event: number;
  readonly kind: 'run' | 'line' | 'suspend' | 'done' | 'advance' | 'block' | 'raise' | 'deadlock' | 'limit' | 'print';
  /** The task that it is about, null for the program itself or the loop. */
  readonly task: number | null;
}

/** What one pass over a trace finds. */
export interface History {
  /** `keyframes[n]` is the state after event `512 × (n + 1) − 1`. */
  readonly keyframes: readonly State[];
  /** By task, in order. */
  readonly spans: ReadonlyMap<number, readonly Span[]>;
  /** In order; `stops[n]` is the stop that shows `beats[n]`. */
  readonly beats: readonly Beat[];
  readonly stops: readonly number[];
  /** Indices of the `print` events. */
  readonly prints: readonly number[];
}

/**
 * Passes once over a trace.
 *
 * @param skipLine Tells whether a line that code outside of tasks runs is not worth a stop unless it has an effect.
 */
export function readHistory(trace: Trace, skipLine: (site: number) => boolean): History {
  const draft = copyState(initialState);
  const keyframes: State[] = [];
  const spans = new Map<number, Span[]>();
  const beats: Beat[] = [];
  const prints: number[] = [];

  for (const event of trace.events) {
    const ran = draft.running?.task ?? null;
    apply(draft, event);
    for (const id of new Set([ran, event.task, draft.running?.task ?? null]))
      if (id !== null) noteStatus(spans, draft, id);
    if (event.k === 'print') prints.push(event.i);
    const beat = beatOf(event, draft, trace, skipLine);
    if (beat) addBeat(beats, beat, trace);
    if ((event.i + 1) % keyframeDistance === 0) keyframes.push(copyState(draft));
  }

  const last = trace.events.length - 1;
  if (beats.length === 0 && last >= 0) beats.push({ index: last, event: last, kind: 'line', task: null });
  const stops = beats.map((_, n) => (beats[n + 1]?.index ?? last + 1) - 1);
  return { keyframes, spans, beats, stops, prints };
}

/** The state after event `index`; −1 gives the state before the first. Pure: no other state needs to be known. */
export function stateAt(trace: Trace, history: History, index: number): State {
  const last = Math.min(index, trace.events.length - 1);
  const frames = Math.min(Math.floor((last + 1) / keyframeDistance), history.keyframes.length);
  const draft = copyState(history.keyframes[frames - 1] ?? initialState);
  for (let n = frames * keyframeDistance; n <= last; n++) {
    const event = trace.events[n];
    if (event) apply(draft, event);
  }
  return draft;
}

function noteStatus(spans: Map<number, Span[]>, draft: Draft, id: number): void {
  const task = draft.tasks.get(id);
  if (!task) return;
  const list = spans.get(id) ?? [];
  spans.set(id, list);
  const last = list.at(-1);
  const open = last?.to === Number.POSITIVE_INFINITY ? last : undefined;
  if (open?.status === task.status || (!open && (task.status === 'new' || task.status === 'done'))) return;
  if (open) list[list.length - 1] = { ...open, to: draft.index };
  if (task.status !== 'new' && task.status !== 'done')
    list.push({ from: draft.index, to: Number.POSITIVE_INFINITY, status: task.status });
}

function beatOf(event: TraceEvent, draft: Draft, trace: Trace, skipLine: (site: number) => boolean): Beat | null {
  const beat = (kind: Beat['kind'], task = event.task): Beat => ({ index: event.i, event: event.i, kind, task });
  if (event.task !== null && !draft.tasks.has(event.task)) return null;
  switch (event.k) {
    case 'run':
      return draft.running && !draft.running.internal ? beat('run', draft.running.task) : null;
    case 'line':
      return event.task === null && skipLine(event.site) && !hasEffect(trace, event.i) ? null : beat('line');
    case 'suspend':
    case 'done':
    case 'advance':
    case 'block':
    case 'raise':
    case 'deadlock':
    case 'limit':
      return beat(event.k);
    default:
      return null;
  }
}

/** A line of the program outside of tasks matters when it prints, blocks, fails or starts a loop before the next. */
function hasEffect(trace: Trace, index: number): boolean {
  for (let n = index + 1; n < trace.events.length; n++) {
    const kind = trace.events[n]?.k;
    if (kind === 'print' || kind === 'block' || kind === 'raise' || kind === 'open' || kind === 'mark') return true;
    if (kind === 'line' || kind === 'end') return false;
  }
  return false;
}

/** Adds a beat unless it repeats what the last one shows; a run that starts with a line is shown by that line. */
function addBeat(beats: Beat[], beat: Beat, trace: Trace): void {
  const last = beats.at(-1);
  const sameStep = last && trace.events[last.index]?.step === trace.events[beat.index]?.step;
  if (last?.kind === 'run' && beat.kind === 'line' && sameStep && last.task === beat.task) {
    // A run that began with a cancel is about that, not about the line that comes after.
    if (raisedBefore(trace, beat.event) !== null) {
      if (!unwinds(trace, beat)) beats.push(beat);
      return;
    }
    beats[beats.length - 1] = { ...beat, index: last.index };
    return;
  }
  // A deadlock is also the limit that stopped the block.
  if (beat.kind === 'limit' && last?.kind === 'deadlock') return;
  if (beat.kind === 'advance') {
    // What happened outside of the loop meanwhile (a thread's last words) bears the new time already.
    const { t } = trace.events[beat.event] ?? { t: 0 };
    let index = beat.index;
    while (index - 1 > (last?.index ?? -1) && trace.events[index - 1]?.t === t) index--;
    beats.push({ ...beat, index });
    return;
  }
  // One exception passes through several lines of a stack: the first is the news.
  if (last?.kind === 'raise' && beat.kind === 'raise' && sameStep) return;
  if (beat.kind === 'line' && unwinds(trace, beat)) return;
  if (beat.kind === 'raise') {
    // A cancel that arrives is the CancelledError that it raises.
    if (last?.kind === 'run' && sameStep && errorOf(trace, beat) === 'CancelledError') return;
    // What Python warns of while it raises (a coroutine thrown away) is part of the raising.
    let index = beat.index;
    while (isWarning(trace.events[index - 1]) && index - 1 > (last?.index ?? -1)) index--;
    beats.push({ ...beat, index });
    return;
  }
  beats.push(beat);
}

function errorOf(trace: Trace, beat: Beat): string | null {
  const event = trace.events[beat.event];
  return event?.k === 'raise' ? event.error.type : null;
}

function isWarning(event: TraceEvent | undefined): boolean {
  return event?.k === 'print' && event.stream === 'stderr';
}

/** Index of the exception that is on its way at event `index`, raised in the same step; null when there is none. */
function raisedBefore(trace: Trace, index: number): number | null {
  const step = trace.events[index]?.step;
  for (let n = index - 1; n >= 0 && trace.events[n]?.step === step; n--) {
    const kind = trace.events[n]?.k;
    if (kind === 'handled' || kind === 'run') return null;
    if (kind === 'raise') return n;
  }
  return null;
}

/** Whether a line is only passed by an exception on its way out: where it was raised, or a frame was parked. */
function unwinds(trace: Trace, beat: Beat): boolean {
  const event = trace.events[beat.event];
  const raised = raisedBefore(trace, beat.event);
  if (raised === null || event?.k !== 'line') return false;
  const raise = trace.events[raised];
  if (raise?.k === 'raise' && raise.site === event.site) return true;
  for (let n = raised; n >= 0; n--) {
    const parked = trace.events[n];
    if (parked?.k === 'suspend' && parked.task === event.task) return parked.stack.includes(event.site);
  }
  return false;
}
