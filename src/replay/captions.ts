import { clip, columns } from '../text/width.ts';
import type { EventOf } from '../trace/events.ts';
import { callbackName } from './callbacks.ts';
import { knotOf } from './deadlock.ts';
import { ending } from './ending.ts';
import { callName, compositeOf, deadlineOf, freeConnection, membersLeft, shortPlace } from './reasons.ts';
import { type OpenedTrace, shownLine } from './replay.ts';
import { callbackOf, labelOf, names, ofKind, resourceKind, type Scene, visible } from './scene.ts';
import { type Happening, sentence } from './sentences.ts';
import type { JobState, State } from './state.ts';
import { durationText, timeText, words } from './words.ts';

/** One sentence for stop number `stop`, in the replay's language. */
export function captionOf(opened: OpenedTrace, stop: number): string {
  return sentence(happeningAt(opened, stop), opened.data.lang);
}

/** What a stop is about: of all that happens in it, what a viewer should look at. */
function happeningAt(opened: OpenedTrace, stop: number): Happening {
  const beat = opened.history.beats[stop];
  const index = opened.stops[stop] ?? 0;
  const start = beat?.index ?? 0;
  const after = opened.stateAt(index);
  const scene: Scene = {
    opened,
    stop,
    events: opened.trace.events.slice(start, index + 1),
    before: opened.stateAt(start - 1),
    after,
  };
  if (stop === opened.stops.length - 1 && after.end) return ending(scene, after.end);
  const called = beat ? callbackOf(opened, beat) : null;
  const who = beat?.task == null ? (called ?? words[opened.data.lang].program) : labelOf(opened, beat.task);
  switch (beat?.kind) {
    case 'line':
      return lineHappening(scene, who, beat.task !== null || called !== null);
    case 'run':
      return runHappening(scene, who, beat.task);
    case 'suspend':
      return suspendHappening(scene, who);
    case 'done':
      return doneHappening(scene, who);
    case 'advance':
      return advanceHappening(scene);
    case 'block': {
      const event = opened.trace.events[beat.event] as EventOf<'block'>;
      const time = durationText(event.to - event.from, opened.data.lang);
      return { kind: 'blocked', api: event.api, time, loop: after.loops > 0 };
    }
    case 'raise': {
      // One error may become another on its way (CancelledError → TimeoutError): the last is what callers see.
      const raised = ofKind(scene.events, 'raise').at(-1);
      return { kind: 'raise', who, error: raised?.error.type ?? 'Exception' };
    }
    case 'deadlock':
      return { kind: 'deadlock', knot: knotOf(after) };
    case 'limit':
      return { kind: 'limit', what: after.limit?.what ?? '' };
    default:
      return { kind: 'line', who, line: null };
  }
}

/** Of what a line did, the news comes first: waking, cancelling, creating, entering, printing. */
function lineHappening(scene: Scene, who: string, inLoop: boolean): Happening {
  const { opened, events, after } = scene;
  const given = ofKind(events, 'res').filter((event) => event.op === 'wake' && visible(scene, event.r));
  const first = given[0];
  if (first) {
    const woken = given.flatMap((event) => (event.task === null ? [] : [event.task]));
    const queue = after.ready.flatMap((entry) => (entry.task === null ? [] : [entry.task]));
    const place = queue.indexOf(woken[0] ?? -1);
    const ahead = place > 0 ? queue[place - 1] : undefined;
    return {
      kind: 'release',
      who,
      woken: names(opened, woken),
      what: resourceKind(scene, first.r, 'give'),
      before: ahead === undefined ? null : labelOf(opened, ahead),
    };
  }
  const cancels = ofKind(events, 'cancelReq').flatMap((event) => (event.task === null ? [] : [event.task]));
  if (cancels.length > 0) return { kind: 'cancel', who, many: names(opened, cancels) };
  const moved = ofKind(events, 'wdeadline')[0];
  if (moved) {
    const time = moved.deadline === null ? null : timeText(moved.deadline, opened.data.lang);
    return { kind: 'reschedules', who, time };
  }
  const spawns = ofKind(events, 'spawn');
  const spawned = spawns.map(({ id }) => id);
  if (spawned.length > 0 && inLoop)
    return { kind: 'spawn', who, many: names(opened, spawned), eager: spawns.every(({ eager }) => eager) };
  if (spawned[0] !== undefined) return { kind: 'opens', who: labelOf(opened, spawned[0]) };
  const submitted = ofKind(events, 'submit')[0];
  if (submitted) return { kind: 'submit', who, job: jobName(submitted.label), pool: submitted.pool };
  const printed = ofKind(events, 'print')
    .map((event) => event.text)
    .join('')
    .trim()
    .split('\n')
    .at(-1);
  if (printed) return { kind: 'print', who, text: clip(printed, opened.data.lang === 'ko' ? 22 : 30, columns) };
  const acquired = ofKind(events, 'res').find((event) => event.op === 'acquire' && visible(scene, event.r));
  if (acquired) return { kind: 'acquire', who, what: resourceKind(scene, acquired.r, 'wait') };
  const freed = ofKind(events, 'res').find(
    (event) => event.op === 'release' && after.resources.get(event.r)?.internal === false,
  );
  if (freed) return { kind: 'frees', who, what: resourceKind(scene, freed.r, 'give') };
  const value = valueHappening(scene, who);
  if (value) return value;
  const line = ofKind(events, 'line')[0];
  return { kind: 'line', who, line: line ? shownLine(opened, line.site) : null };
}

/** What a line did to a variable, an async generator or a context manager. */
function valueHappening({ opened, events }: Scene, who: string): Happening | null {
  const width = opened.data.lang === 'ko' ? 16 : 15;
  const short = (text: string) => clip(text, width, columns);
  const changed = ofKind(events, 'var').at(-1);
  if (changed) {
    const value = changed.value === null ? null : short(changed.value);
    return { kind: 'becomes', who, name: short(changed.name), value };
  }
  const generated = ofKind(events, 'agen').find(({ op }) => op !== 'next');
  if (generated) {
    const generator = short(generated.name);
    return {
      kind: ({ yield: 'gives', aclose: 'closes', end: 'runsOut', next: 'gives' } as const)[generated.op],
      generator,
    };
  }
  const context = ofKind(events, 'ctx').at(-1);
  if (context?.op === 'enter') return { kind: 'enters', who, name: short(context.name) };
  if (context) {
    const error = context.error ? context.error.type : null;
    return { kind: 'exits', who, name: short(context.name), error };
  }
  return null;
}

function runHappening(scene: Scene, who: string, task: number | null): Happening {
  if (task === null) {
    const effect = lineHappening(scene, who, true);
    return effect.kind === 'line' ? { kind: 'callback', name: who } : effect;
  }
  if (ofKind(scene.events, 'cancelDelivered').length > 0) return { kind: 'cancelled', who };
  if (ofKind(scene.events, 'raise')[0]?.error.type === 'CancelledError') return { kind: 'passedOn', who };
  const woken = scene.before.tasks.get(task)?.woken;
  if (!woken && scene.before.tasks.get(task)?.site == null) return { kind: 'starts', who };
  const causes = {
    timer: 'sleep',
    done: 'result',
    result: 'result',
    job: 'result',
    release: 'resource',
    set: 'resource',
    io: 'result',
    cancel: 'other',
  } as const;
  // An exception that it waited for arrives as no result.
  const next = scene.opened.history.beats[scene.stop + 1];
  const fails = next?.kind === 'raise' && next.task === task;
  return { kind: 'resumes', who, after: woken && !fails ? causes[woken.cause] : 'other' };
}

function suspendHappening(scene: Scene, who: string): Happening {
  const { opened, after } = scene;
  const { lang } = opened.data;
  const wait = ofKind(scene.events, 'suspend')[0];
  const task = wait?.task == null ? undefined : after.tasks.get(wait.task);
  if (!wait || !task) return { kind: 'waits', who, op: '…' };
  // Who made an eager task goes on as soon as that one waits.
  const following = after.ready.find((entry) => entry.task !== null && entry.task !== task.id);
  const next = (after.running ?? following)?.task ?? null;
  for (const target of wait.on) {
    if ('resource' in target && visible(scene, target.resource))
      return { kind: 'queues', who, what: resourceKind(scene, target.resource, 'wait') };
    if ('job' in target) return { kind: 'waitsThread', who, ...jobOf(after, target.job) };
    const transfer = 'io' in target ? after.transfers.get(target.io) : undefined;
    if (transfer) {
      const place = clip(shortPlace(transfer.place), lang === 'ko' ? 20 : 30, columns);
      if (transfer.sent !== '' && transfer.sent !== transfer.place) return { kind: 'waitsAnswer', who, place };
      if (wait.leaf === 'StreamReader._wait_for_data') return { kind: 'waitsData', who, place };
    }
  }
  if (wait.leaf === freeConnection) return { kind: 'waitsConnection', who };
  const op = callName(wait.api);
  const deadline = deadlineOf(after, task.id);
  const ends = wait.on.map((target) =>
    'timer' in target ? (after.timers.get(target.timer)?.when ?? 0) : Number.POSITIVE_INFINITY,
  );
  if (deadline !== null && ends.every((end) => end > deadline))
    return { kind: 'atMost', who, time: durationText(deadline - wait.t, lang) };
  const composite = compositeOf(after, task, wait);
  if (composite) {
    const left = membersLeft(after, composite);
    if (left.length > 1 && (composite.op === 'as_completed' || composite.mode === 'FIRST_COMPLETED'))
      return { kind: 'firstOf', who };
    if (left.length > 0) return { kind: 'joins', who, op, many: names(opened, left) };
  }
  if (op === 'as_completed') return { kind: 'firstOf', who };
  for (const target of wait.on) {
    if ('timer' in target) {
      const timer = after.timers.get(target.timer);
      if (timer)
        return {
          kind: 'sleeps',
          who,
          time: durationText(timer.when - wait.t, lang),
          next: next === null ? null : labelOf(opened, next),
        };
    }
    if ('task' in target) return { kind: 'joins', who, op: 'await', many: names(opened, [target.task]) };
  }
  if (wait.on.length === 0) return { kind: 'yields', who };
  return op === 'future' ? { kind: 'fills', who } : { kind: 'waits', who, op };
}

function doneHappening(scene: Scene, who: string): Happening {
  const { opened, events, after } = scene;
  const done = ofKind(events, 'done')[0];
  if (done?.outcome === 'cancelled') return { kind: 'endsCancelled', who };
  if (done?.outcome === 'error') {
    const cancels = ofKind(events, 'cancelReq').flatMap((event) => (event.task === null ? [] : [event.task]));
    const siblings = [...after.composites.values()].some(
      ({ op, members }) =>
        op === 'gather' &&
        members.includes(done.task ?? -1) &&
        members.some((id) => after.tasks.get(id)?.status !== 'done'),
    );
    const members = cancels.filter((id) => id !== after.tasks.get(done.task ?? -1)?.parent);
    return {
      kind: 'failed',
      who,
      error: done.error?.type ?? 'Exception',
      cancels: names(opened, members),
      others: siblings,
    };
  }
  const woken = ofKind(events, 'wake').flatMap((event) =>
    event.task === null || event.cause === 'timer' ? [] : [event.task],
  );
  return { kind: 'done', who, woken: names(opened, woken) };
}

function advanceHappening(scene: Scene): Happening {
  const { opened, events } = scene;
  const { lang } = opened.data;
  const moved = ofKind(events, 'advance')[0];
  const time = moved ? durationText(moved.to - moved.from, lang) : '';
  const cancels = ofKind(events, 'cancelReq').flatMap((event) => (event.task === null ? [] : [event.task]));
  if (cancels.length > 0) return { kind: 'timeout', time, many: names(opened, cancels) };
  const wakes = ofKind(events, 'wake');
  const woken = names(
    opened,
    wakes.flatMap((event) => (event.task === null ? [] : [event.task])),
  );
  const delivered = ofKind(events, 'deliver').map(({ job }) => jobOf(scene.after, job));
  const [first] = delivered;
  if (first && wakes.length > 0 && wakes.every(({ cause }) => cause === 'job' || cause === 'done'))
    return {
      kind: 'threadDone',
      woken,
      jobs: { count: delivered.length, text: first.job },
      pool: first.pool,
    };
  const limits = ofKind(events, 'wclose').some(({ outcome }) => outcome === 'timeout');
  if (limits && woken.count > 0) return { kind: 'timeUp', time, woken };
  const due = ofKind(events, 'fire').flatMap(({ h }) => {
    const timer = scene.before.timers.get(h);
    return timer?.label != null && !timer.internal ? [timer.label] : [];
  })[0];
  if (due !== undefined && woken.count === 0) return { kind: 'due', time, name: callbackName(due, lang) };
  const earliest = opened.history.beats.findIndex(({ kind }) => kind === 'advance') === scene.stop;
  return { kind: 'passes', time, woken, first: earliest && scene.before.tasks.size > 1 };
}

/** What a job runs, and where. */
function jobOf(state: State, id: number): { readonly job: string; readonly pool: JobState['pool'] } {
  const job = state.jobs.get(id);
  return { job: jobName(job?.label ?? ''), pool: job?.pool ?? 'thread' };
}

/** A function's name, cut where it is long; `Thread-1 (walk)` of a thread of the program's own becomes `walk`. */
function jobName(label: string): string {
  return clip(/\((.+)\)$/.exec(label)?.[1] ?? label, 14, columns);
}
