import { stuckTasks } from '../deadlock.ts';
import { type Replay, shownLine } from '../replay.ts';
import type { State, TaskState } from '../state.ts';
import { definitionsOf, type Folding } from './codeFolds.ts';

/** The line that has the thread now: none between two steps, but for those of a program whose loop has its own thread. */
export function runningLine(replay: Replay, state: State): number | null {
  if (state.end?.outcome === 'raised') return failingLine(replay, state);
  const task = state.running?.task ?? null;
  const site = state.blocked?.site ?? (task === null ? state.programSite : (state.tasks.get(task)?.site ?? null));
  return shownLine(replay, site);
}

/** The line that first raised what ended the program: it was raised anew on every line that let it pass. */
function failingLine(replay: Replay, state: State): number | null {
  let found: number | null = null;
  for (let n = state.index; n >= 0; n--) {
    const event = replay.trace.events[n];
    if (event?.k === 'handled' && found !== null) break;
    if (event?.k !== 'raise' || event.error.type !== state.end?.error?.type) continue;
    found = shownLine(replay, event.site) ?? found;
  }
  return found;
}

/** The line to keep in view: the running one, else one of a deadlock, else the one that was left last. */
export function currentLine(replay: Replay, state: State): number {
  const [stuck = null] = stuckLines(replay, state);
  const known = runningLine(replay, state) ?? stuck;
  if (known !== null) return known;
  for (let n = state.index; n >= 0; n--) {
    const event = replay.trace.events[n];
    if (event && 'site' in event) {
      const line = shownLine(replay, event.site);
      if (line !== null) return line;
    }
  }
  return 1;
}

/** The lines on which the tasks of a deadlock wait. */
export function stuckLines(replay: Replay, state: State): ReadonlySet<number> {
  const sites = [...stuckTasks(state)].map((id) => state.tasks.get(id)?.site ?? null);
  return new Set(sites.map((site) => shownLine(replay, site)).filter((line) => line !== null));
}

/** The tasks that stand in some line: who runs, who is ready in the queue's order, who waits. */
export function standing(state: State): readonly TaskState[] {
  const queued = new Map(state.ready.map((entry, n) => [entry.task, n]));
  const place = (task: TaskState) =>
    task.status === 'running' ? -1 : (queued.get(task.id) ?? state.ready.length + task.id);
  return [...state.tasks.values()]
    .filter(({ status, site }) => site !== null && status !== 'done' && status !== 'new')
    .sort((a, b) => place(a) - place(b));
}

/** Lines that tasks will be parked on: these leave room for a badge where the size allows. */
export function parkingLines(replay: Replay): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const site of replay.cast.parking) {
    const line = shownLine(replay, site);
    if (line !== null) lines.add(line);
  }
  return lines;
}

/** Lines that are ever run, those on which tasks stand now, and those of what threads run. */
export function cursors(replay: Replay, state: State): Pick<Folding, 'touched' | 'parked' | 'threads'> {
  const linesOf = (sites: Iterable<number | null>) =>
    new Set([...sites].map((site) => shownLine(replay, site)).filter((line) => line !== null));
  const threads = new Set(definitionsOf(replay.data.code, replay.cast.jobs));
  return {
    touched: new Set([...linesOf(replay.cast.touched), ...threads]),
    parked: linesOf(standing(state).map(({ site }) => site)),
    threads,
  };
}
