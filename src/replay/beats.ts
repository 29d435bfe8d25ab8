import type { EventOf, Trace, TraceEvent } from '../trace/events.ts';
import { isLoopsOwn } from './apply.ts';

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

/**
 * The beats of a trace, in order; none only when it has no events.
 *
 * @param skipLine Tells whether a line that code outside of tasks runs is not worth a beat unless it has an effect.
 */
export function beatsOf({ events }: Trace, skipLine: (site: number) => boolean): readonly Beat[] {
  const beats: Beat[] = [];
  /** The exception that is on its way in the present step. */
  let raised: EventOf<'raise'> | null = null;
  let step = 0;
  const parked = new Map<number | null, EventOf<'suspend'>>();

  /** Whether a line is only passed by an exception on its way out: where it was raised, or a frame was parked. */
  function unwinds(event: TraceEvent): boolean {
    if (!raised || event.k !== 'line') return false;
    return raised.site === event.site || (parked.get(event.task)?.stack.includes(event.site) ?? false);
  }

  /** Adds a beat unless it repeats what the last one shows; a run that starts with a line is shown by that line. */
  function add(beat: Beat, event: TraceEvent): void {
    const last = beats.at(-1);
    const sameStep = last && events[last.index]?.step === event.step;
    if (last?.kind === 'run' && beat.kind === 'line' && sameStep && last.task === beat.task) {
      // A run that began with a cancel is about that, not about the line that comes after.
      if (!raised) beats[beats.length - 1] = { ...beat, index: last.index };
      else if (!unwinds(event)) beats.push(beat);
      return;
    }
    // A deadlock is also the limit that stopped the block.
    if (beat.kind === 'limit' && last?.kind === 'deadlock') return;
    if (event.k === 'advance') {
      // What happened outside of the loop meanwhile (a thread's last words) bears the new time already.
      let index = beat.index;
      while (index - 1 > (last?.index ?? -1) && events[index - 1]?.t === event.t) index--;
      beats.push({ ...beat, index });
      return;
    }
    // One exception passes through several lines of a stack: the first is the news.
    if (last?.kind === 'raise' && beat.kind === 'raise' && sameStep) return;
    if (unwinds(event)) return;
    if (event.k === 'raise') {
      // A cancel that arrives is the CancelledError that it raises.
      if (last?.kind === 'run' && sameStep && event.error.type === 'CancelledError') return;
      // What Python warns of while it raises (a coroutine thrown away) is part of the raising.
      let index = beat.index;
      while (isWarning(events[index - 1]) && index - 1 > (last?.index ?? -1)) index--;
      beats.push({ ...beat, index });
      return;
    }
    beats.push(beat);
  }

  const tasks = new Set<number>();
  /** The entries of the queue that a viewer sees, with the task that each steps. */
  const entries = new Map<number, number | null>();
  /** The timers whose callbacks a viewer sees. */
  const timers = new Set<number>();
  for (const event of events) {
    if (event.step !== step) raised = null;
    step = event.step;
    if (event.k === 'spawn') {
      if (!isLoopsOwn(event)) tasks.add(event.id);
    } else if (event.k === 'enq') {
      const shown = event.task === null ? !event.internal : tasks.has(event.task) && !event.internal;
      if (shown) entries.set(event.h, event.task);
    } else if (event.k === 'timer+') {
      if (event.task === null && !event.internal) timers.add(event.h);
    } else if (event.k === 'fire' && timers.has(event.h)) entries.set(event.h, null);
    const beat = beatOf(event);
    if (beat) add(beat, event);
    if (event.k === 'raise') raised = event;
    else if (event.k === 'handled' || event.k === 'run') raised = null;
    else if (event.k === 'suspend') parked.set(event.task, event);
  }
  const last = events.length - 1;
  if (beats.length === 0 && last >= 0) beats.push({ index: last, event: last, kind: 'line', task: null });
  return beats;

  function beatOf(event: TraceEvent): Beat | null {
    const { i: index, task } = event;
    if (task !== null && !tasks.has(task)) return null;
    switch (event.k) {
      case 'run': {
        const stepped = entries.get(event.h);
        return stepped === undefined ? null : { index, event: index, kind: 'run', task: stepped };
      }
      case 'line':
        if (task === null && skipLine(event.site) && !hasEffect(events, index)) return null;
        return { index, event: index, kind: 'line', task };
      case 'suspend':
      case 'done':
      case 'advance':
      case 'block':
      case 'raise':
      case 'deadlock':
      case 'limit':
        return { index, event: index, kind: event.k, task };
      default:
        return null;
    }
  }
}

/** A line of the program outside of tasks matters when it prints, blocks, fails or starts a loop before the next. */
function hasEffect(events: readonly TraceEvent[], index: number): boolean {
  for (let n = index + 1; n < events.length; n++) {
    const kind = events[n]?.k;
    if (kind === 'print' || kind === 'block' || kind === 'raise' || kind === 'open' || kind === 'mark') return true;
    if (kind === 'line' || kind === 'end') return false;
  }
  return false;
}

function isWarning(event: TraceEvent | undefined): boolean {
  return event?.k === 'print' && event.stream === 'stderr';
}
