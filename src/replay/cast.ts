import { columns } from '../text/width.ts';
import type { EventOf, Trace } from '../trace/events.ts';
import { type Contents, contentsOf } from './contents.ts';
import { mostBranches } from './groups.ts';
import { type Seating, seatingsOf } from './seating.ts';

/** Who and what takes part in a recording, found once: pictures keep room for them before they appear. */
export interface Cast {
  /** Threads and processes of executors, in order of appearance. */
  readonly threads: readonly string[];
  /** Names of the functions that they call. */
  readonly jobs: ReadonlySet<string>;
  /** Those of them that are processes. */
  readonly processes: ReadonlySet<string>;
  /**
   * The author's own Semaphores, Locks, Queues …, with the number of tasks that ever wait for each; `putters` of them
   * wait to put something into a full queue.
   */
  readonly resources: readonly {
    readonly made: EventOf<'res+'>;
    readonly waiters: number;
    readonly putters: number;
  }[];
  /** Who sits where in each semaphore that is drawn. */
  readonly seatings: ReadonlyMap<number, Seating>;
  /** What lies in each queue. */
  readonly contents: ReadonlyMap<number, Contents>;
  /** Whether there are timers that an author knows of. */
  readonly timers: boolean;
  /** Rows that all output takes in a console, with the error that ended the program; 0 when there is none. */
  readonly outputRows: number;
  /** Context variables and watched names, with the number of tasks that ever have a value of their own. */
  readonly variables: readonly { readonly name: string; readonly owners: number }[];
  /** How many gathers, waits and TaskGroups of two tasks or more are ever open at once. */
  readonly brackets: number;
  /** What of the outside world takes part, null when nothing does. */
  readonly transfers: Outside | 'both' | null;
  /** What of it was only simulated, null when nothing was. */
  readonly simulated: Outside | 'both' | null;
  /** Rows of the largest ExceptionGroup's tree; 0 without groups. */
  readonly branches: number;
  /** Sites at which tasks are parked. */
  readonly parking: ReadonlySet<number>;
  /** Sites that run inside of the loop, or anywhere in a program without one. */
  readonly touched: ReadonlySet<number>;
}

/** Parts of the world outside. */
type Outside = 'network' | 'files';

function kindOf(parts: ReadonlySet<Outside>): Outside | 'both' | null {
  return parts.size > 1 ? 'both' : ([...parts][0] ?? null);
}

/** Columns of a console beside the lanes; only long lines need to know. */
const consoleColumns = 46;

/** Rows of one line of output. */
function rowsOf(line: string): number {
  return Math.max(1, Math.ceil(columns(line) / consoleColumns));
}

/** Passes once over a trace. */
export function castOf(trace: Trace): Cast {
  const threads = new Set<string>();
  const jobs = new Set<string>();
  const processes = new Set<string>();
  const forProcesses = new Set<number>();
  const made = new Map<number, EventOf<'res+'>>();
  const waiters = new Map<number, Set<number | null>>();
  const putters = new Map<number, Set<number | null>>();
  const parking = new Set<number>();
  const inLoop = new Set<number>();
  const anywhere = new Set<number>();
  let loops = false;
  const members = new Map<number, number>();
  const open = new Set<number>();
  const owners = new Map<string, Set<number | null>>();
  let brackets = 0;
  let timers = false;
  let outputRows = 0;
  let lineIsOpen = false;
  const outside = new Set<Outside>();
  const simulated = new Set<Outside>();
  for (const event of trace.events) {
    if (event.k === 'print') {
      const parts = event.text.split('\n');
      outputRows += parts.reduce((sum, part) => sum + rowsOf(part), 0) - (lineIsOpen ? 1 : 0);
      lineIsOpen = parts.at(-1) !== '';
      if (!lineIsOpen) outputRows--;
    } else if (event.k === 'end' && event.error) outputRows += rowsOf(`${event.error.type}: ${event.error.message}`);
    else if (event.k === 'open') loops = true;
    else if (event.k === 'line') {
      anywhere.add(event.site);
      if (event.step !== 0) inLoop.add(event.site);
    } else if (event.k === 'var') {
      const tasks = owners.get(event.name) ?? new Set();
      owners.set(event.name, tasks.add(event.scope === 'global' ? null : event.task));
    } else if (event.k === 'submit') {
      jobs.add(event.label);
      if (event.pool === 'process') forProcesses.add(event.job);
    } else if (event.k === 'tstart') {
      threads.add(event.thread);
      if (forProcesses.has(event.job)) processes.add(event.thread);
    } else if (event.k === 'timer+') timers ||= event.task !== null || !event.internal;
    else if (event.k === 'suspend' && event.site !== null) parking.add(event.site);
    else if (event.k === 'wopen' || event.k === 'wadd') {
      const count =
        event.k === 'wopen' ? event.members.length + (event.jobs?.length ?? 0) : (members.get(event.w) ?? 0) + 1;
      members.set(event.w, count);
      if (count > 1) open.add(event.w);
      brackets = Math.max(brackets, open.size);
    } else if (event.k === 'wclose') open.delete(event.w);
    else if (event.k === 'io' && event.op === 'open') {
      const kind = event.what.startsWith('file ') ? 'files' : 'network';
      outside.add(kind);
      if (event.simulated) simulated.add(kind);
    } else if (event.k === 'res+' && !event.internal) {
      made.set(event.r, event);
      waiters.set(event.r, new Set());
      putters.set(event.r, new Set());
    } else if (event.k === 'res' && event.op === 'wait') {
      waiters.get(event.r)?.add(event.task);
      if (event.value >= (made.get(event.r)?.capacity ?? Number.POSITIVE_INFINITY))
        putters.get(event.r)?.add(event.task);
    }
  }
  return {
    threads: [...threads],
    jobs,
    processes,
    resources: [...made.values()].map((event) => ({
      made: event,
      waiters: waiters.get(event.r)?.size ?? 0,
      putters: /Queue/.test(event.kind) ? (putters.get(event.r)?.size ?? 0) : 0,
    })),
    seatings: seatingsOf(trace),
    contents: contentsOf(trace),
    timers,
    variables: [...owners].map(([name, tasks]) => ({ name, owners: tasks.size })),
    outputRows,
    brackets,
    branches: mostBranches(trace),
    transfers: kindOf(outside),
    simulated: kindOf(simulated),
    parking,
    touched: loops ? inLoop : anywhere,
  };
}
