import type { State, TaskState } from './state.ts';

/** One task waits for what another has. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/**
 * Who waits for whom in a deadlock, only the links that close a ring: A waits for what B holds, B for what A holds.
 * Empty when the tasks wait for something that nobody holds, for example an Event that nobody sets.
 */
export function deadlockRing(state: State): readonly Edge[] {
  if (!state.deadlock) return [];
  const waiting = [...state.tasks.values()].filter(({ status }) => status === 'waiting');
  let edges = waiting.flatMap((task) => holders(state, task).map((to) => ({ from: task.id, to })));
  // A link that nothing leads to, or that leads to nowhere, is on no ring.
  for (let before = -1; before !== edges.length; ) {
    before = edges.length;
    const [starts, ends] = [new Set(edges.map(({ from }) => from)), new Set(edges.map(({ to }) => to))];
    edges = edges.filter(({ from, to }) => starts.has(to) && ends.has(from));
  }
  return edges;
}

/** Why a deadlock cannot end: tasks wait for each other, one waits for itself, or no task could wake those that wait. */
export type Knot = 'ring' | 'self' | 'nobody';

export function knotOf(state: State): Knot {
  const ring = deadlockRing(state);
  if (ring.length === 0) return 'nobody';
  return ring.every(({ from, to }) => from === to) ? 'self' : 'ring';
}

/** The tasks that a deadlock is about: those of its ring, or all that wait where there is none. */
export function stuckTasks(state: State): ReadonlySet<number> {
  const ring = deadlockRing(state).map(({ from }) => from);
  return new Set(ring.length > 0 ? ring : (state.deadlock?.cycle ?? []).map(({ task }) => task));
}

/** The tasks that would have to do something before `task` can go on. */
function holders(state: State, task: TaskState): readonly number[] {
  return (task.wait?.on ?? []).flatMap((target) => {
    if ('task' in target) return [target.task];
    if ('composite' in target) {
      const members = state.composites.get(target.composite)?.members ?? [];
      return members.filter((id) => state.tasks.get(id)?.status === 'waiting');
    }
    if (!('resource' in target)) return [];
    const resource = state.resources.get(target.resource);
    return [...(resource?.owners ?? []), ...(resource?.granted ?? [])];
  });
}
