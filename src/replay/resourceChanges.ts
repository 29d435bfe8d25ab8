import type { EventOf } from '../trace/events.ts';
import type { ResourceState } from './state.ts';

/** A resource that has just been made. */
export function newResource(event: EventOf<'res+'>): ResourceState {
  const { r: id, kind, label, internal, value, capacity = null, lock = null } = event;
  const nobody = { owners: [], granted: [], waiters: [], joiners: [] };
  return { id, kind, label, internal, initial: value, value, capacity, lock, ...nobody, unfinished: 0, closed: false };
}

/** The resource after an operation on it. */
export function changeResource(resource: ResourceState, event: EventOf<'res'>): ResourceState {
  return { ...resource, value: event.value, ...resourceOps[event.op](resource, event.task) };
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
  release: ({ owners }, task) => ({ owners: without(owners, task) }),
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

/** A task may hold several permits of one semaphore: one of them goes. In a line it stands only once. */
function without(list: readonly number[], task: number | null): readonly number[] {
  const position = task === null ? -1 : list.indexOf(task);
  if (position < 0) return list;
  const rest = list.slice();
  rest.splice(position, 1);
  return rest;
}
