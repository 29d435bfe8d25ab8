import { groupBy } from '../groupBy.ts';
import { type Reason, reasonOf } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import type { JobState, State, TaskState } from '../state.ts';
import { words } from '../words.ts';

/** A thread of an executor. */
export interface ThreadLane {
  readonly kind: 'thread';
  readonly key: string;
  readonly label: string;
  readonly jobs: readonly JobState[];
}

/** One lane: a task, a thread of the executor, the program itself, or all that found no room. */
export type Lane =
  | { readonly kind: 'task'; readonly key: string; readonly label: string; readonly task: TaskState }
  | ThreadLane
  | { readonly kind: 'program'; readonly key: string; readonly label: string }
  | { readonly kind: 'fold'; readonly key: string; readonly label: string; readonly text: string };

/**
 * The lanes to draw, `most` at most: tasks and threads in fixed order while they fit; else those that matter now, in
 * the same order, and one row for the rest.
 */
export function lanesOf(replay: Replay, state: State, most: number, followed: number | null): readonly Lane[] {
  const tasks: Lane[] = [...state.tasks.values()].map((task) => ({
    kind: 'task',
    key: `t${task.id}`,
    label: replay.labels.get(task.id) ?? '?',
    task,
  }));
  const threadLanes = threadLanesOf(replay, state);
  if (replay.labels.size === 0)
    return [
      { kind: 'program', key: 'program', label: words[replay.data.lang].program },
      ...threadLanes.slice(0, most - 1),
    ];
  if (laneCount(replay) <= most) return [...tasks, ...threadLanes];

  const kept = threadLanes.slice(0, 2);
  const room = most - 1 - kept.length;
  const order = [...state.tasks.values()].sort(
    (a, b) => urgency(a, followed) - urgency(b, followed) || (a.status === 'done' ? b.id - a.id : a.id - b.id),
  );
  const chosen = new Set(order.slice(0, room).map(({ id }) => id));
  const folded = order.slice(room);
  const rows = tasks.filter((lane) => lane.kind === 'task' && chosen.has(lane.task.id));
  if (folded.length === 0) return [...rows, ...kept];
  const fold: Lane = { kind: 'fold', key: 'fold', label: `+${folded.length}`, text: foldText(replay, state, folded) };
  return [...rows, fold, ...kept];
}

/** The threads of executors that have had a job so far, in the order of their first. */
export function threadLanesOf(replay: Replay, state: State): readonly ThreadLane[] {
  const threads = new Map<string, JobState[]>();
  for (const job of state.jobs.values())
    if (job.thread !== null) threads.set(job.thread, [...(threads.get(job.thread) ?? []), job]);
  return [...threads].map(([thread, jobs], n) => ({
    kind: 'thread',
    key: `x${thread}`,
    label: threadLabel(replay, n + 1),
    jobs,
  }));
}

/** What a thread does now. */
export function threadReason(replay: Replay, state: State, { jobs }: ThreadLane): Reason {
  const busy = jobs.find((job) => job.from !== null && (job.to === null || job.to > state.nanoseconds));
  return busy ? { glyph: 'thread', text: busy.label } : { glyph: 'done', text: words[replay.data.lang].resting };
}

/** Lanes that this trace will ever need, so that their height does not change while it runs. */
export function laneCount(replay: Replay): number {
  return Math.max(1, replay.labels.size) + threadCount(replay);
}

/** Threads that ever do a job in this trace. */
export function threadCount(replay: Replay): number {
  return replay.cast.threads.length;
}

/** `스레드 1`, `프로세스 2`: the number counts both. */
export function threadLabel(replay: Replay, number: number): string {
  const { thread, process } = words[replay.data.lang];
  const isProcess = replay.cast.processes.has(replay.cast.threads[number - 1] ?? '');
  return `${isProcess ? process : thread} ${number}`;
}

/** What the folded tasks do, the most frequent first: `세마포어 9 · 끝남 5`. */
function foldText(replay: Replay, state: State, folded: readonly TaskState[]): string {
  const counts = new Map<string, number>();
  // Of a thousand tasks many wait alike: one of each kind is put into words.
  for (const alike of groupBy(folded, kindOfWait).values()) {
    const reason = shortReason(reasonOf(replay, state, alike[0] as TaskState).text);
    counts.set(reason, (counts.get(reason) ?? 0) + alike.length);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => `${reason} ${count}`)
    .join(' · ');
}

/** The same for tasks whose reasons differ in details only. */
function kindOfWait({ status, wait, woken, cancelling, end }: TaskState): string {
  const target = wait?.on[0];
  // A timer, a task or a composite of its own each; a resource in common.
  const on = target && ('resource' in target ? `resource ${target.resource}` : Object.keys(target)[0]);
  return [status, wait?.api, wait?.leaf, on, woken?.cause, cancelling, end?.outcome, end?.error?.type].join('|');
}

/** A reason without its details: `세마포어, 2번째` gives `세마포어`. */
export function shortReason(text: string): string {
  return text.split(/[,:→≤]/)[0]?.trim() ?? '';
}

function urgency(task: TaskState, followed: number | null): number {
  if (task.id === 1 || task.id === followed) return 0;
  return { running: 1, ready: 2, waiting: 3, new: 4, done: 5 }[task.status];
}
