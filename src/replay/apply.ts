import type { EventOf, TraceEvent } from '../trace/events.ts';
import { type CompositeChange, changeComposite, newComposite } from './compositeChanges.ts';
import type { Draft } from './draft.ts';
import { changeResource, newResource } from './resourceChanges.ts';
import type { ReadyEntry, TaskState } from './state.ts';

/** Turns the state before `event` into the state after it, in place. */
export function apply(draft: Draft, event: TraceEvent): void {
  draft.index = event.i;
  draft.nanoseconds = event.t;
  draft.tick = event.tick;
  draft.step = event.step;
  if (event.k in visible) draft.blocked = null;
  const handler = handlers[event.k] as ((draft: Draft, event: TraceEvent) => void) | undefined;
  handler?.(draft, event);
}

/** Kinds after which a blocking call is history. */
const visible = { line: 1, run: 1, suspend: 1, done: 1, advance: 1, raise: 1, end: 1 };

const handlers: { [Kind in TraceEvent['k']]?: (draft: Draft, event: EventOf<Kind>) => void } = {
  open(draft) {
    draft.loops++;
    draft.programSite = null;
  },
  close(draft) {
    // What is left in the queue and of the timers stays: the same loop may run again. One that is closed drops it itself.
    draft.loops = Math.max(0, draft.loops - 1);
    draft.thisTick = 0;
  },
  tick(draft, event) {
    draft.thisTick = event.ready;
    draft.programSite = null;
  },
  // Whoever runs a loop in a thread of its own waits meanwhile.
  advance(draft) {
    draft.programSite = null;
  },
  block(draft, event) {
    draft.blocked = event;
  },
  deadlock(draft, event) {
    draft.deadlock = event;
  },
  limit(draft, event) {
    draft.limit = event;
  },
  end(draft, event) {
    draft.end = event;
    // What a limit has struck has not let go of the thread.
    if (event.outcome !== 'stopped') draft.running = null;
    draft.programSite = null;
  },

  enq(draft, event) {
    enqueue(draft, { handle: event.h, task: event.task, internal: event.internal, label: event.label });
  },
  run(draft, event) {
    const entry = leaveQueue(draft, event.h);
    draft.running = entry ?? { handle: event.h, task: event.task, internal: true, label: '' };
    draft.raised = null;
    if (draft.running.task !== null) change(draft, draft.running.task, { status: 'running', wait: null, woken: null });
  },
  ran(draft) {
    draft.running = null;
    if (draft.under.length > 0) draft.under = [];
    draft.programSite = null;
  },
  hcancel(draft, event) {
    leaveQueue(draft, event.h);
  },

  'timer+'(draft, event) {
    const { h: handle, task, when, api, label = null, internal } = event;
    draft.timers.set(handle, { handle, task, when, api, label, internal });
  },
  fire(draft, event) {
    const timer = draft.timers.get(event.h);
    draft.timers.delete(event.h);
    // A timer wakes its task through a callback of the library; the task itself is queued by that callback.
    enqueue(draft, {
      handle: event.h,
      task: null,
      internal: timer === undefined || timer.internal || timer.task !== null,
      label: timer?.label ?? timer?.api ?? '',
    });
  },
  'timer-'(draft, event) {
    draft.timers.delete(event.h);
  },

  spawn(draft, event) {
    if (isLoopsOwn(event)) return;
    if (event.eager && draft.running) {
      draft.under = [...draft.under, draft.running];
      draft.running = { ...draft.running, task: event.id };
    }
    draft.tasks.set(event.id, {
      id: event.id,
      name: event.name,
      coroutine: event.coro,
      parent: event.parent,
      group: event.group,
      status: event.eager ? 'running' : 'new',
      site: null,
      wait: null,
      woken: null,
      cancelling: false,
      end: null,
    });
  },
  suspend(draft, event) {
    if (event.task !== null)
      change(draft, event.task, { status: 'waiting', site: event.site, wait: event, woken: null });
    leaveEager(draft, event.task);
  },
  wake(draft, event) {
    if (event.task !== null) change(draft, event.task, { woken: event });
  },
  cancelReq(draft, event) {
    if (event.task !== null) change(draft, event.task, { cancelling: true });
  },
  cancelDelivered(draft, event) {
    if (event.task === null) return;
    change(draft, event.task, { cancelling: false });
    if (draft.running?.task === event.task) draft.running = { ...draft.running, cancelled: true };
  },
  uncancel(draft, event) {
    if (event.task !== null && event.count === 0) change(draft, event.task, { cancelling: false });
  },
  done(draft, event) {
    if (event.task === null) return;
    change(draft, event.task, { status: 'done', wait: null, woken: null, cancelling: false, end: event });
    if (draft.raised?.task === event.task) draft.raised = null;
    leaveEager(draft, event.task);
  },

  wopen(draft, event) {
    draft.composites.set(event.w, newComposite(event));
  },
  wadd: toComposite,
  wdeadline: toComposite,
  wmember: toComposite,
  wclose: toComposite,

  'res+'(draft, event) {
    draft.resources.set(event.r, newResource(event));
  },
  res(draft, event) {
    draft.resources.update(event.r, (resource) => changeResource(resource, event));
  },

  submit(draft, event) {
    draft.jobs.set(event.job, {
      id: event.job,
      task: event.task,
      label: event.label,
      pool: event.pool,
      thread: null,
      start: null,
      from: null,
      to: null,
      delivered: false,
    });
  },
  tstart(draft, event) {
    const job = draft.jobs.get(event.job);
    if (job) draft.jobs.set(event.job, { ...job, thread: event.thread, start: event.i, from: event.at });
  },
  tend(draft, event) {
    const job = draft.jobs.get(event.job);
    if (job) draft.jobs.set(event.job, { ...job, to: event.at });
  },
  deliver(draft, event) {
    const job = draft.jobs.get(event.job);
    if (job) draft.jobs.set(event.job, { ...job, delivered: true });
  },

  io(draft, event) {
    const known = draft.transfers.get(event.c);
    draft.transfers.set(event.c, {
      id: event.c,
      place: known?.place ?? event.what,
      sent: event.op === 'send' ? event.what : (known?.sent ?? ''),
      simulated: event.simulated,
      closed: event.op === 'close',
    });
  },

  line(draft, event) {
    if (event.task === null) draft.programSite = event.site;
    else change(draft, event.task, { site: event.site });
    leaveCancel(draft);
  },
  var(draft, event) {
    const { name, scope, value } = event;
    const task = scope === 'global' ? null : event.task;
    const key = `${scope} ${name} ${task}`;
    if (value === null) draft.variables.delete(key);
    else draft.variables.set(key, { name, scope, task, value });
  },
  print(draft) {
    draft.printed++;
  },
  raise(draft, event) {
    draft.raised = event;
    if (event.task !== null && event.site !== null) change(draft, event.task, { site: event.site });
  },
  handled(draft) {
    draft.raised = null;
    leaveCancel(draft);
  },
};

/**
 * Tasks that the loop makes for itself are plumbing: those that `asyncio.run` ends with, and those of a server
 * (`BaseEventLoop.shutdown_asyncgens`, `BaseSelectorEventLoop._accept_connection2`, CPython 3.11 and later).
 */
export function isLoopsOwn(event: EventOf<'spawn'>): boolean {
  return event.site === null && /^Base(?:Selector)?EventLoop\./.test(event.coro);
}

function toComposite(draft: Draft, event: CompositeChange): void {
  draft.composites.update(event.w, (composite) => changeComposite(composite, event));
}

/** A line runs: whoever has the thread has its cancel behind it. */
function leaveCancel(draft: Draft): void {
  if (!draft.running?.cancelled) return;
  const { cancelled, ...running } = draft.running;
  draft.running = running;
}

/** The first step of an eager task ends inside the step of whoever made it, which goes on. */
function leaveEager(draft: Draft, task: number | null): void {
  const maker = draft.under.at(-1);
  if (!maker || draft.running?.task !== task) return;
  draft.running = maker;
  draft.under = draft.under.slice(0, -1);
}

function enqueue(draft: Draft, entry: ReadyEntry): void {
  const known = entry.task !== null && draft.tasks.has(entry.task);
  draft.ready.set(entry.handle, known || entry.task === null ? entry : { ...entry, task: null, internal: true });
  if (known && entry.task !== null) change(draft, entry.task, { status: 'ready', wait: null });
}

/** Takes an entry out of the queue; one of this iteration leaves one less to run in it. */
function leaveQueue(draft: Draft, handle: number): ReadyEntry | undefined {
  const entry = draft.ready.get(handle);
  if (!entry) return undefined;
  let ahead = 0;
  for (const other of draft.ready.keys()) {
    if (other === handle || ahead === draft.thisTick) break;
    ahead++;
  }
  if (ahead < draft.thisTick) draft.thisTick--;
  draft.ready.delete(handle);
  return entry;
}

function change(draft: Draft, id: number, patch: Partial<TaskState>): void {
  const task = draft.tasks.get(id);
  // A done task stays done: late wake-ups of it change nothing that is drawn.
  if (task && task.status !== 'done') draft.tasks.set(id, Object.assign({ ...task }, patch));
}
