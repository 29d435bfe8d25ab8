import { withAsks } from './asks.ts';
import { captionOf } from './captions.ts';
import { stopsInRange } from './range.ts';
import { callName, freeConnection } from './reasons.ts';
import { type OpenedTrace, stopNumber } from './replay.ts';
import { namesOf, sentence } from './sentences.ts';
import { words } from './words.ts';

/** Key steps of one replay at most: more clicks than that nobody follows. */
const most = 10;

/** Context managers that have events of their own. */
const toldAlready = /Lock|Semaphore|Condition|Barrier|TaskGroup|^timeout/;

/** A step worth a click. */
export interface KeyStep {
  /** Index of its stop's event. */
  readonly index: number;
  /** Event that is shown just before what it tells begins; −1 is the start. */
  readonly before: number;
  readonly kind: KeyKind;
  readonly caption: string;
}

type KeyKind =
  | 'start'
  | 'mark'
  | 'spawn'
  | 'suspend'
  | 'advance'
  | 'contention'
  | 'release'
  | 'callback'
  | 'cancel'
  | 'deadline'
  | 'raise'
  | 'blocked'
  | 'value'
  | 'ask'
  | 'answer'
  | 'end';

interface Candidate {
  readonly stop: number;
  /** Stop at which what it tells begins; default the same. */
  readonly first?: number;
  readonly kind: KeyKind;
  readonly weight: number;
  readonly caption?: string;
}

/**
 * The steps worth a click: the marked lines where the author marked any; else the end of each burst of new tasks, the
 * first wait of each kind, each move of the clock, contention, waking by release, cancelling, raising, blocking, the
 * end. Neighbours are merged into the weightier one. Questions that the author asks come on top.
 */
export function keyStepsOf(opened: OpenedTrace): readonly KeyStep[] {
  const [from, to] = stopsInRange(opened);
  const inRange = ({ stop }: { readonly stop: number }) => stop >= from && stop <= to;
  // One mark alone is where a part begins, not all that is worth telling of it.
  const ownMarks = markedSteps(opened).filter(inRange);
  const marks = opened.data.range && ownMarks.length < 2 ? [] : ownMarks;
  const found = marks.length > 0 ? marks : choose(candidates(opened).filter(inRange));
  // A part begins where it is said to begin, whatever happens there.
  const whole = from === 0 || found.some(({ stop }) => stop === from);
  const chosen: readonly Candidate[] = whole ? found : [{ stop: from, kind: 'mark', weight: 100 }, ...found];
  const steps = chosen.map(({ stop, first = stop, kind, caption }) => ({
    index: opened.stops[stop] ?? 0,
    before: opened.stops[first - 1] ?? -1,
    kind,
    caption: caption ?? captionOf(opened, stop),
  }));
  const [first = 0, last = 0] = [opened.stops[from], opened.stops[to]];
  return withAsks(opened, steps, (stop) => captionOf(opened, stop)).filter(
    ({ index }) => index >= first && index <= last,
  );
}

function markedSteps(opened: OpenedTrace): readonly Candidate[] {
  const { events } = opened.trace;
  const byStop = new Map<number, Candidate>();
  for (const event of events) {
    if (event.k !== 'mark') continue;
    // The mark is of the line about to run, which begins the next stop when it has not been reported yet.
    const index = events[event.i + 1]?.k === 'line' ? event.i + 1 : event.i;
    const stop = stopNumber(opened.stops, index);
    byStop.set(stop, { stop, kind: 'mark', weight: 100, ...(event.label === '' ? {} : { caption: event.label }) });
  }
  return [...byStop.values()].sort((a, b) => a.stop - b.stop);
}

function candidates(opened: OpenedTrace): readonly Candidate[] {
  const { beats } = opened.history;
  const { events } = opened.trace;
  const found: Candidate[] = [];
  const seen = new Map<string, number>();
  /** How often this has been met before; the first of a kind is worth more than the tenth. */
  const again = (key: string) => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return count;
  };
  let burst: { step: number; first: number; stop: number; tasks: number[]; parent: number; eager: boolean } | null =
    null;
  const endBurst = () => {
    if (!burst) return;
    const { first, stop, tasks, parent, eager } = burst;
    const many = namesOf(
      tasks.map((id) => opened.labels.get(id) ?? '?'),
      opened.data.lang,
    );
    const label = opened.labels.get(parent);
    // Without a label are only the loop's own tasks, which close what is left over.
    const who = label === undefined ? words[opened.data.lang].loop : namesOf([label], opened.data.lang).text;
    found.push({
      stop,
      first,
      kind: 'spawn',
      weight: 82 - 8 * again('spawn'),
      caption: sentence({ kind: 'spawn', who, many, eager }, opened.data.lang),
    });
    burst = null;
  };

  beats.forEach((beat, stop) => {
    const index = opened.stops[stop] ?? beat.index;
    for (let n = beat.index; n <= index; n++) {
      const event = events[n];
      switch (event?.k) {
        case 'spawn':
          if (event.parent === null || !opened.labels.has(event.id)) break;
          if (burst?.step !== event.step || burst.eager !== event.eager) endBurst();
          burst = {
            step: event.step,
            first: (burst as typeof burst)?.first ?? stop,
            stop,
            tasks: [...((burst as typeof burst)?.tasks ?? []), event.id],
            parent: event.parent,
            eager: event.eager,
          };
          break;
        case 'suspend': {
          const resource = event.on.some((target) => 'resource' in target);
          if (event.leaf === freeConnection)
            found.push({ stop, kind: 'contention', weight: 75 - 30 * again(freeConnection) });
          else if (!resource && again(`suspend ${callName(event.api)}`) === 0)
            found.push({ stop, kind: 'suspend', weight: 55 });
          break;
        }
        case 'res':
          if ((event.op === 'wait' || event.op === 'join') && isShown(opened, event.r)) {
            // The wait itself is the next stop, where the task has left the thread for the line.
            let left = stop;
            while (left < beats.length && !(beats[left]?.kind === 'suspend' && beats[left]?.task === event.task))
              left++;
            found.push({
              stop: left === beats.length ? stop : left,
              kind: 'contention',
              weight: 75 - 30 * again(`${event.op} ${event.r}`),
            });
          }
          if (event.op === 'wake' && isShown(opened, event.r))
            found.push({ stop, kind: 'release', weight: 78 - 25 * again(`wake ${event.r}`) });
          break;
        case 'run':
          if (beat.index === event.i && beat.task === null)
            found.push({ stop, kind: 'callback', weight: 60 - 8 * again('callback') });
          break;
        case 'wdeadline':
          found.push({ stop, kind: 'deadline', weight: 80 });
          break;
        case 'cancelDelivered':
          found.push({ stop, kind: 'cancel', weight: 84 - 8 * again('cancel') });
          break;
        case 'raise':
          found.push({
            stop,
            kind: 'raise',
            weight: event.error.type === 'CancelledError' ? 35 : 86 - 6 * again('raise'),
          });
          break;
        case 'done':
          if (event.outcome === 'error') found.push({ stop, kind: 'raise', weight: 85 - 6 * again('failed') });
          break;
        case 'block':
          found.push({ stop, kind: 'blocked', weight: 92 - 4 * again('block') });
          break;
        case 'submit':
          found.push({ stop, kind: 'value', weight: 54 - 12 * again('submit') });
          break;
        case 'agen':
          if (event.op === 'yield' || event.op === 'aclose')
            found.push({
              stop,
              kind: 'value',
              weight: (event.op === 'yield' ? 60 : 70) - 6 * again(`agen ${event.op}`),
            });
          break;
        case 'ctx':
          // A lock or a group is told by what it does.
          if (!toldAlready.test(event.name))
            found.push({ stop, kind: 'value', weight: 62 - 5 * again(`ctx ${event.op}`) });
          break;
        case 'var':
          found.push({ stop, kind: 'value', weight: 62 - 4 * again(`var ${event.name}`) });
          break;
        case 'advance':
          found.push({ stop, kind: 'advance', weight: 68 - 2 * again('advance') });
          break;
        case 'deadlock':
        case 'limit':
          found.push({ stop, kind: 'end', weight: 97 });
          break;
      }
    }
  });
  endBurst();
  const last = beats.length - 1;
  found.push({ stop: last, kind: 'end', weight: 100 });
  if (found.length < 3 && last > 0) found.push({ stop: 0, kind: 'start', weight: 40 });
  return found;
}

/** Of neighbouring stops the weightier stays; of what is left the ten weightiest, in order. */
function choose(found: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...found].sort((a, b) => b.weight - a.weight || a.stop - b.stop)) {
    if (candidate.weight < 30 || kept.some((other) => areOne(candidate, other))) continue;
    if (kept.length < most) kept.push(candidate);
  }
  return kept.sort((a, b) => a.stop - b.stop);
}

/** Neighbours tell one thing, but for the clock's moves: that time passes, and what comes of it, are two. */
function areOne(a: Candidate, b: Candidate): boolean {
  const distance = Math.abs(a.stop - b.stop);
  return distance === 0 || (distance === 1 && (a.kind === 'advance') === (b.kind === 'advance'));
}

function isShown(opened: OpenedTrace, resource: number): boolean {
  return opened.cast.resources.some(({ made }) => made.r === resource);
}
