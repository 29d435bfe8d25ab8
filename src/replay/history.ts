import type { Trace } from '../trace/events.ts';
import { apply } from './apply.ts';
import { type Beat, collectBeats } from './beats.ts';
import { keyframeDistance, recordChanges, recordValue } from './changes.ts';
import { type Draft, initialSingles } from './draft.ts';
import { type Span, spansOf } from './spans.ts';
import type {
  CompositeState,
  JobState,
  ReadyEntry,
  ResourceState,
  State,
  TaskState,
  TimerState,
  TransferState,
  VariableState,
} from './state.ts';

/** What one pass over a trace finds. */
export interface History {
  /** In order; `stops[n]` is the stop that shows `beats[n]`. */
  readonly beats: readonly Beat[];
  readonly stops: readonly number[];
  /** Indices of the `print` events. */
  readonly prints: readonly number[];
  /** A task's life, in order. */
  spans(task: number): readonly Span[];
  /** The state after event `index`; −1 gives the state before the first. Pure: no other state needs to be known. */
  stateAt(index: number): State;
}

/**
 * Passes once over a trace, and notes every change of every part of the state with its event: a state is then looked
 * up, not replayed.
 *
 * @param skipLine Tells whether a line that code outside of tasks runs is not worth a stop unless it has an effect.
 */
export function readHistory(trace: Trace, skipLine: (site: number) => boolean): History {
  const { events } = trace;

  // 1. The pass.
  let now = -1;
  const time = () => now;
  const recorded = {
    tasks: recordChanges<number, TaskState>(time),
    ready: recordChanges<number, ReadyEntry>(time),
    timers: recordChanges<number, TimerState>(time),
    composites: recordChanges<number, CompositeState>(time),
    resources: recordChanges<number, ResourceState>(time),
    jobs: recordChanges<number, JobState>(time),
    transfers: recordChanges<number, TransferState>(time),
    variables: recordChanges<string, VariableState>(time),
  };
  const draft: Draft = { ...initialSingles, ...recorded };
  const collections = Object.values(recorded);
  const singles = recordSingles();
  const beats = collectBeats(trace, skipLine);
  const prints: number[] = [];
  for (const event of events) {
    now = event.i;
    apply(draft, event);
    noteSingles(singles, draft);
    if ((now + 1) % keyframeDistance === 0) for (const collection of collections) collection.keyframe();
    if (event.k === 'print') prints.push(now);
    beats.take(event, draft);
  }

  // 2. What it noted, sorted.
  const index = {
    tasks: recorded.tasks.index(),
    ready: recorded.ready.index(),
    timers: recorded.timers.index(),
    composites: recorded.composites.index(),
    resources: recorded.resources.index(),
    jobs: recorded.jobs.index(),
    transfers: recorded.transfers.index(),
    variables: recorded.variables.index(),
  };
  const spans = new Map<number, readonly Span[]>();
  const last = events.length - 1;
  const found = beats.all();

  return {
    beats: found,
    stops: found.map((_, n) => (found[n + 1]?.index ?? last + 1) - 1),
    prints,
    spans(task) {
      const known = spans.get(task) ?? spansOf(index.tasks.changesOf(task));
      spans.set(task, known);
      return known;
    },
    stateAt(wanted) {
      const at = Math.max(-1, Math.min(wanted, last));
      const { t = 0, tick = 0, step = 0 } = events[at] ?? {};
      return {
        index: at,
        nanoseconds: t,
        tick,
        step,
        loops: singles.loops.at(at),
        running: singles.running.at(at),
        under: singles.under.at(at),
        programSite: singles.programSite.at(at),
        tasks: index.tasks.at(at),
        ready: [...index.ready.at(at).values()],
        thisTick: singles.thisTick.at(at),
        timers: index.timers.at(at),
        composites: index.composites.at(at),
        resources: index.resources.at(at),
        jobs: index.jobs.at(at),
        variables: index.variables.at(at),
        transfers: index.transfers.at(at),
        blocked: singles.blocked.at(at),
        raised: singles.raised.at(at),
        printed: singles.printed.at(at),
        deadlock: singles.deadlock.at(at),
        limit: singles.limit.at(at),
        end: singles.end.at(at),
      };
    },
  };
}

/** The single values but for times and numbers, which stand in the events themselves. */
function recordSingles() {
  const first = initialSingles;
  return {
    loops: recordValue(first.loops),
    running: recordValue(first.running),
    under: recordValue(first.under),
    programSite: recordValue(first.programSite),
    thisTick: recordValue(first.thisTick),
    blocked: recordValue(first.blocked),
    raised: recordValue(first.raised),
    printed: recordValue(first.printed),
    deadlock: recordValue(first.deadlock),
    limit: recordValue(first.limit),
    end: recordValue(first.end),
  };
}

/** One by one and not in a loop over names, which takes five times as long. */
function noteSingles(singles: ReturnType<typeof recordSingles>, draft: Draft): void {
  const { index } = draft;
  singles.loops.note(index, draft.loops);
  singles.running.note(index, draft.running);
  singles.under.note(index, draft.under);
  singles.programSite.note(index, draft.programSite);
  singles.thisTick.note(index, draft.thisTick);
  singles.blocked.note(index, draft.blocked);
  singles.raised.note(index, draft.raised);
  singles.printed.note(index, draft.printed);
  singles.deadlock.note(index, draft.deadlock);
  singles.limit.note(index, draft.limit);
  singles.end.note(index, draft.end);
}
