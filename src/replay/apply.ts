import type { EventOf, TraceEvent } from '../trace/events.ts';
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

/** A state that is being built: its collections are its own, the values in them are never changed in place. */
export interface Draft
  extends Mutable<
    Omit<State, 'tasks' | 'ready' | 'timers' | 'composites' | 'resources' | 'jobs' | 'transfers' | 'variables'>
  > {
  tasks: Map<number, TaskState>;
  ready: ReadyEntry[];
  timers: Map<number, TimerState>;
  composites: Map<number, CompositeState>;
  resources: Map<number, ResourceState>;
  jobs: Map<number, JobState>;
  transfers: Map<number, TransferState>;
  variables: Map<string, VariableState>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A draft with collections of its own, equal to `state`; also the way to freeze a draft that goes on changing. */
export function copyState(state: State): Draft {
  return {
    ...state,
    tasks: new Map(state.tasks),
    ready: [...state.ready],
    timers: new Map(state.timers),
    composites: new Map(state.composites),
    resources: new Map(state.resources),
    jobs: new Map(state.jobs),
    transfers: new Map(state.transfers),
    variables: new Map(state.variables),
  };
}

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
    draft.loops = Math.max(0, draft.loops - 1);
    draft.ready = [];
    draft.thisTick = 0;
    draft.timers.clear();
  },
  tick(draft, event) {
    draft.thisTick = event.ready;
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
    const position = draft.ready.findIndex((entry) => entry.handle === event.h);
    const [entry] = position < 0 ? [] : draft.ready.splice(position, 1);
    if (position >= 0 && position < draft.thisTick) draft.thisTick--;
    draft.running = entry ?? { handle: event.h, task: event.task, internal: true, label: '' };
    draft.raised = null;
    if (draft.running.task !== null) change(draft, draft.running.task, { status: 'running', wait: null, woken: null });
  },
  ran(draft) {
    draft.running = null;
    draft.under = [];
    draft.programSite = null;
  },
  hcancel(draft, event) {
    const position = draft.ready.findIndex((entry) => entry.handle === event.h);
    if (position < 0) return;
    draft.ready.splice(position, 1);
    if (position < draft.thisTick) draft.thisTick--;
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
    if (event.task !== null) change(draft, event.task, { cancelling: false });
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
    draft.composites.set(event.w, {
      id: event.w,
      op: event.op,
      owner: event.task,
      members: event.members,
      inner: event.inner ?? [],
      ended: [],
      mode: event.mode ?? null,
      deadline: event.deadline ?? null,
      returnExceptions: event.returnExceptions ?? false,
      outcome: null,
    });
  },
  wadd(draft, event) {
    const composite = draft.composites.get(event.w);
    if (composite) draft.composites.set(event.w, { ...composite, members: [...composite.members, event.member] });
  },
  wdeadline(draft, event) {
    const composite = draft.composites.get(event.w);
    if (composite) draft.composites.set(event.w, { ...composite, deadline: event.deadline });
  },
  wmember(draft, event) {
    const composite = draft.composites.get(event.w);
    if (composite) draft.composites.set(event.w, { ...composite, ended: [...composite.ended, event.member] });
  },
  wclose(draft, event) {
    const composite = draft.composites.get(event.w);
    if (composite) draft.composites.set(event.w, { ...composite, outcome: event.outcome });
  },

  'res+'(draft, event) {
    draft.resources.set(event.r, newResource(event));
  },
  res(draft, event) {
    const resource = draft.resources.get(event.r);
    if (!resource) return;
    const changes = resourceOps[event.op](resource, event.task);
    draft.resources.set(event.r, { ...resource, value: event.value, ...changes });
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
  },
};

/** A resource that has just been made. */
export function newResource(event: EventOf<'res+'>): ResourceState {
  const { r: id, kind, label, internal, value, capacity = null, lock = null } = event;
  const nobody = { owners: [], granted: [], waiters: [], joiners: [] };
  return { id, kind, label, internal, initial: value, value, capacity, lock, ...nobody, unfinished: 0, closed: false };
}

/** What an operation on a resource does to it, but for its value; `null` is code outside of any task. */
const resourceOps: Record<
  EventOf<'res'>['op'],
  (resource: ResourceState, task: number | null) => Partial<ResourceState>
> = {
  acquire: ({ owners, ...rest }, task) => ({ ...off(rest, task), owners: task === null ? owners : [...owners, task] }),
  wait: (resource, task) => joined(off(resource, task), 'waiters', task),
  leave: off,
  wake: (resource, task) =>
    joined(off(resource, task), task !== null && resource.joiners.includes(task) ? null : 'granted', task),
  release: ({ owners }, task) => ({ owners: withoutFirst(owners, task) }),
  set: () => ({}),
  clear: () => ({}),
  notify: () => ({}),
  put: (resource, task) => ({ ...off(resource, task), unfinished: resource.unfinished + 1 }),
  get: off,
  task_done: ({ unfinished }) => ({ unfinished: unfinished - 1 }),
  join: (resource, task) => joined(off(resource, task), 'joiners', task),
  shutdown: () => ({ closed: true }),
  trip: () => ({}),
  abort: () => ({ closed: true }),
  reset: () => ({ closed: false }),
};

type Lines = Pick<ResourceState, 'granted' | 'waiters' | 'joiners'>;

/** The lines without a task. */
function off({ granted, waiters, joiners }: Lines, task: number | null): Lines {
  return { granted: without(granted, task), waiters: without(waiters, task), joiners: without(joiners, task) };
}

/** The lines with a task at the end of one of them. */
function joined(lines: Lines, line: keyof Lines | null, task: number | null): Lines {
  return line === null || task === null ? lines : { ...lines, [line]: [...lines[line], task] };
}

function without(list: readonly number[], value: number | null): readonly number[] {
  return value !== null && list.includes(value) ? list.filter((other) => other !== value) : list;
}

/** A task may hold several permits of one semaphore; a release gives back one. */
function withoutFirst(list: readonly number[], value: number | null): readonly number[] {
  const position = value === null ? -1 : list.indexOf(value);
  return position < 0 ? list : list.filter((_, index) => index !== position);
}

/**
 * Tasks that the loop makes for itself are plumbing: those that `asyncio.run` ends with, and those of a server
 * (`BaseEventLoop.shutdown_asyncgens`, `BaseSelectorEventLoop._accept_connection2`, CPython 3.11 and later).
 */
export function isLoopsOwn(event: EventOf<'spawn'>): boolean {
  return event.site === null && /^Base(?:Selector)?EventLoop\./.test(event.coro);
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
  draft.ready.push(known || entry.task === null ? entry : { ...entry, task: null, internal: true });
  if (known && entry.task !== null) change(draft, entry.task, { status: 'ready', wait: null });
}

function change(draft: Draft, id: number, patch: Partial<TaskState>): void {
  const task = draft.tasks.get(id);
  // A done task stays done: late wake-ups of it change nothing that is drawn.
  if (task && task.status !== 'done') draft.tasks.set(id, { ...task, ...patch });
}
