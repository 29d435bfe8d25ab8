import type { Trace } from '../trace/events.ts';
import { apply } from './apply.ts';
import { type Beat, beatsOf } from './beats.ts';
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

/** What is true at every event of a trace. */
export interface History {
  /** In order; `stops[n]` is the stop that shows `beats[n]`. */
  readonly beats: readonly Beat[];
  readonly stops: readonly number[];
  /** Indices of the `print` events. */
  readonly prints: readonly number[];
  /** A task's life at least up to event `index`, in order. */
  spans(task: number, index: number): readonly Span[];
  /** The state after event `index`; −1 gives the state before the first. Pure: no other state needs to be known. */
  stateAt(index: number): State;
  /**
   * Passes over the next `count` events, which a state behind them would else have to wait for.
   *
   * @returns Whether there are more.
   */
  readAhead(count: number): boolean;
}

/**
 * Opens a trace's history. It passes over the trace once, as far as somebody asks, and notes every change of every part
 * of the state with its event: a state is then looked up, not replayed.
 *
 * @param skipLine Tells whether a line that code outside of tasks runs is not worth a stop unless it has an effect.
 */
export function readHistory(trace: Trace, skipLine: (site: number) => boolean): History {
  const { events } = trace;
  const last = events.length - 1;
  const beats = beatsOf(trace, skipLine);
  const prints: number[] = [];
  for (const event of events) if (event.k === 'print') prints.push(event.i);

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
  const collections = Object.values(recorded);
  const draft: Draft = { ...initialSingles, ...recorded };
  const singles = recordSingles();
  const readTo = (index: number) => {
    while (now < index) {
      const event = events[++now];
      if (!event) return;
      apply(draft, event);
      noteSingles(singles, draft);
      if ((now + 1) % keyframeDistance === 0) for (const collection of collections) collection.keyframe();
    }
  };

  const lives = new Map<number, { readonly until: number; readonly spans: readonly Span[] }>();
  return {
    beats,
    stops: beats.map((_, n) => (beats[n + 1]?.index ?? last + 1) - 1),
    prints,
    spans(task, index) {
      readTo(Math.min(index, last));
      const known = lives.get(task);
      if (known?.until === now) return known.spans;
      const spans = spansOf(recorded.tasks.changesOf(task));
      lives.set(task, { until: now, spans });
      return spans;
    },
    readAhead(count) {
      readTo(Math.min(now + count, last));
      return now < last;
    },
    stateAt(wanted) {
      const at = Math.max(-1, Math.min(wanted, last));
      readTo(at);
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
        tasks: recorded.tasks.at(at),
        ready: [...recorded.ready.at(at).values()],
        thisTick: singles.thisTick.at(at),
        timers: recorded.timers.at(at),
        composites: recorded.composites.at(at),
        resources: recorded.resources.at(at),
        jobs: recorded.jobs.at(at),
        variables: recorded.variables.at(at),
        transfers: recorded.transfers.at(at),
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
