import type { EventOf } from '../trace/events.ts';

/** Where a task stands: `new` until it first enters the ready queue. */
export type Status = 'new' | 'ready' | 'running' | 'waiting' | 'done';

/** A task at some event. */
export interface TaskState {
  readonly id: number;
  readonly name: string;
  readonly coroutine: string;
  readonly parent: number | null;
  /** TaskGroup composite that it was created in, or null. */
  readonly group: number | null;
  readonly status: Status;
  /** Index into the header's sites: the line that it runs or is parked on; null before its first step. */
  readonly site: number | null;
  /** What it waits for, while `status` is `waiting`. */
  readonly wait: EventOf<'suspend'> | null;
  /** Why it was last woken, until it runs. */
  readonly woken: EventOf<'wake'> | null;
  /** `cancel()` was called, and the CancelledError has not been thrown into it yet. */
  readonly cancelling: boolean;
  /** How it ended. */
  readonly end: EventOf<'done'> | null;
}

/** An entry of the ready queue. */
export interface ReadyEntry {
  readonly handle: number;
  /** The task that it will step, null for a callback. */
  readonly task: number | null;
  /** The library's plumbing, which views hide. */
  readonly internal: boolean;
  readonly label: string;
}

/** What has the thread. */
export interface Running extends ReadyEntry {
  /** A CancelledError was thrown into the task, and none of its lines has run since: the library may still take it. */
  readonly cancelled?: true;
}

/** An entry of the timer heap. */
export interface TimerState {
  readonly handle: number;
  readonly task: number | null;
  readonly when: number;
  readonly api: string;
  /** What it will call, null for a timer of the library's own. */
  readonly label: string | null;
  readonly internal: boolean;
}

/** A gather, wait, timeout, TaskGroup … that was opened. */
export interface CompositeState {
  readonly id: number;
  readonly op: EventOf<'wopen'>['op'];
  readonly owner: number | null;
  readonly members: readonly number[];
  /** Composites among what it waits for: `gather(gather(…), …)`. */
  readonly inner: readonly number[];
  /** Jobs of an executor among what it waits for. */
  readonly jobs: readonly number[];
  /** Members that ended, in order of ending. */
  readonly ended: readonly number[];
  readonly mode: string | null;
  readonly deadline: number | null;
  readonly returnExceptions: boolean;
  readonly outcome: EventOf<'wclose'>['outcome'] | null;
}

/** A Semaphore, Lock, Event, Queue … */
export interface ResourceState {
  readonly id: number;
  readonly kind: string;
  readonly label: string;
  readonly internal: boolean;
  /** Value when it was made: permits of a semaphore. */
  readonly initial: number;
  readonly value: number;
  /** Tasks that hold it and have run with it. */
  readonly owners: readonly number[];
  /** Tasks that were given it and are only ready. */
  readonly granted: readonly number[];
  /** The line of waiters, first in line first. */
  readonly waiters: readonly number[];
  /** Items of a bounded queue, parties of a barrier; null for others. */
  readonly capacity: number | null;
  /** The Lock of a Condition. */
  readonly lock: number | null;
  /** Tasks in `join()` of a queue, until all its items are done. */
  readonly joiners: readonly number[];
  /** Items that were put into a queue and not reported as done. */
  readonly unfinished: number;
  /** A queue that was shut down, a barrier that was aborted. */
  readonly closed: boolean;
}

/** A connection, or a file that was opened. */
export interface TransferState {
  readonly id: number;
  /** Where to: `https://example.com`, `tcp 127.0.0.1:8888`, `file notes.txt`. */
  readonly place: string;
  /** What was sent last, `GET https://example.com/a`; empty before that. */
  readonly sent: string;
  readonly simulated: boolean;
  readonly closed: boolean;
}

/** A call handed to a thread or a process. */
export interface JobState {
  readonly id: number;
  readonly task: number | null;
  readonly label: string;
  readonly pool: EventOf<'submit'>['pool'];
  readonly thread: string | null;
  /** Event at which a thread took it. */
  readonly start: number | null;
  /** Nanoseconds at which its own clock starts and ends. */
  readonly from: number | null;
  readonly to: number | null;
  readonly delivered: boolean;
}

/** The value of a name at some event. */
export interface VariableState {
  readonly name: string;
  readonly scope: EventOf<'var'>['scope'];
  /** Whose it is; null for a global, and outside of tasks. */
  readonly task: number | null;
  readonly value: string;
}

/** All that is true after the event `index` has happened. */
export interface State {
  readonly index: number;
  readonly nanoseconds: number;
  readonly tick: number;
  readonly step: number;
  /** Loops that are running: 0 outside of `asyncio.run`. */
  readonly loops: number;
  /** The handle that has the thread. */
  readonly running: Running | null;
  /** What goes on as soon as the eager tasks that it has just made have had their first step, outermost first. */
  readonly under: readonly ReadyEntry[];
  /** Line that code outside of any task runs, while it does: the program's own, or a callback's. */
  readonly programSite: number | null;
  readonly tasks: ReadonlyMap<number, TaskState>;
  readonly ready: readonly ReadyEntry[];
  /** How many entries at the head of `ready` run in this iteration; the others wait for the next. */
  readonly thisTick: number;
  readonly timers: ReadonlyMap<number, TimerState>;
  readonly composites: ReadonlyMap<number, CompositeState>;
  readonly resources: ReadonlyMap<number, ResourceState>;
  readonly jobs: ReadonlyMap<number, JobState>;
  readonly transfers: ReadonlyMap<number, TransferState>;
  /** Context variables and watched names that have a value, by scope, name and task. */
  readonly variables: ReadonlyMap<string, VariableState>;
  /** The blocking call that has just held the thread, until the next visible thing happens. */
  readonly blocked: EventOf<'block'> | null;
  /** The exception that is on its way, until it is handled or its task ends. */
  readonly raised: EventOf<'raise'> | null;
  /** Number of `print` events so far. */
  readonly printed: number;
  readonly deadlock: EventOf<'deadlock'> | null;
  readonly limit: EventOf<'limit'> | null;
  readonly end: EventOf<'end'> | null;
}
