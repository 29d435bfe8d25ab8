import type { EventOf } from '../trace/events.ts';
import type { Replay } from './replay.ts';
import type { Glyph } from './shapes.ts';
import type { CompositeState, ResourceState, State, TaskState } from './state.ts';
import { placeText, timeText, words } from './words.ts';

/** The innermost call of a wait for one of a client's own connections, all of which are in use. */
export const freeConnection = 'ConnectionPool.acquire';

/** Where a task stands, in the author's own terms. */
export interface Reason {
  readonly glyph: Glyph;
  readonly text: string;
  /** The same in fewer words, for when `text` does not fit. */
  readonly brief?: string;
}

/** Why a task is not running, or that it is: the text at the end of its lane. */
export function reasonOf(replay: Replay, state: State, task: TaskState): Reason {
  const w = words[replay.data.lang];
  if (state.under.some((entry) => entry.task === task.id)) return { glyph: 'run', text: w.making };
  if (task.status === 'running' && state.raised?.task === task.id) {
    const { type } = state.raised.error;
    return { glyph: type === 'CancelledError' ? 'cancelled' : 'error', text: type };
  }
  if (state.running?.cancelled && state.running.task === task.id) return { glyph: 'cancelled', text: 'CancelledError' };
  if (task.status === 'running')
    return state.blocked?.task === task.id ? { glyph: 'error', text: w.blocking } : { glyph: 'run', text: w.running };
  if (task.status === 'done') return endOf(replay, task);
  if (task.status === 'waiting' && task.wait)
    return {
      glyph: state.deadlock?.cycle.some((link) => link.task === task.id) ? 'error' : 'wait',
      text: task.cancelling ? w.cancelling : waitTextUntil(replay, state, task, task.wait),
      ...briefly(replay, state, task, task.wait),
    };
  if (task.woken?.cause === 'cancel' || task.cancelling) return { glyph: 'cancelled', text: w.cancelling };
  return { glyph: 'ready', text: task.woken ? w.awake : w.turn };
}

/** The outermost call's own name: `asyncio.sleep` gives `sleep`, `TaskGroup.__aexit__` gives `TaskGroup`. */
export function callName(api: string): string {
  const parts = api.split('.').filter((part) => part !== 'asyncio' && !part.startsWith('__'));
  return parts.at(-1) ?? api;
}

/** The composite that a task waits in: one that its wait names, else the last it opened that is still open. */
export function compositeOf(state: State, task: TaskState, wait: EventOf<'suspend'>): CompositeState | null {
  for (const target of wait.on) if ('composite' in target) return state.composites.get(target.composite) ?? null;
  const name = callName(wait.api);
  let found: CompositeState | null = null;
  for (const composite of state.composites.values())
    if (composite.owner === task.id && composite.outcome === null && opName(composite) === name) found = composite;
  return found;
}

/** The tasks that a composite still waits for, with those of the composites inside it. */
export function membersLeft(state: State, composite: CompositeState): readonly number[] {
  // Tasks of the library's own, such as those that look up a server's address, are not in the state.
  const own = composite.members.filter((id) => (state.tasks.get(id)?.status ?? 'done') !== 'done');
  const inner = composite.inner.flatMap((id) => {
    const part = state.composites.get(id);
    return part && part.outcome === null ? membersLeft(state, part) : [];
  });
  return [...new Set([...inner, ...own])].sort((a, b) => a - b);
}

/** The earliest deadline of the `wait_for` and `timeout` blocks that a task is inside of, in nanoseconds. */
export function deadlineOf(state: State, task: number): number | null {
  let least: number | null = null;
  for (const { owner, outcome, deadline } of state.composites.values())
    if (owner === task && outcome === null && deadline !== null && (least === null || deadline < least))
      least = deadline;
  return least;
}

function opName(composite: CompositeState): string {
  return composite.op === 'taskgroup' ? 'TaskGroup' : composite.op;
}

function endOf(replay: Replay, task: TaskState): Reason {
  const w = words[replay.data.lang];
  if (task.end?.outcome === 'cancelled') return { glyph: 'cancelled', text: w.cancelled };
  if (task.end?.outcome === 'error') return { glyph: 'error', text: task.end.error?.type ?? 'Exception' };
  return { glyph: 'done', text: w.finished };
}

/** The wait, and the deadline that would end it sooner. */
function waitTextUntil(replay: Replay, state: State, task: TaskState, wait: EventOf<'suspend'>): string {
  const text = waitText(replay, state, task, wait);
  const deadline = deadlineOf(state, task.id);
  return deadline === null ? text : `${text}, ≤ ${timeText(deadline, replay.data.lang)}`;
}

/** Many names become their number. */
function briefly(replay: Replay, state: State, task: TaskState, wait: EventOf<'suspend'>): { brief?: string } {
  if (wait.on.some((target) => 'io' in target && state.transfers.get(target.io)?.simulated))
    return { brief: words[replay.data.lang].simulated.network };
  const composite = compositeOf(state, task, wait);
  const left = composite ? membersLeft(state, composite) : [];
  if (!composite || left.length < 2) return {};
  return { brief: `${opName(composite)}: ${replay.data.lang === 'ko' ? `${left.length}개` : `${left.length} tasks`}` };
}

/** A resource as the author knows it: itself, or the condition whose lock it is; null for other parts. */
export function shownResource(state: State, id: number): ResourceState | null {
  const resource = state.resources.get(id);
  if (!resource?.internal) return resource ?? null;
  for (const other of state.resources.values()) if (other.lock === id && !other.internal) return other;
  return null;
}

/** What is asked for or where it is, without what is the same everywhere: `GET example.com/a`, `127.0.0.1:8888`. */
export function shortPlace(what: string): string {
  return what.replace(/^(tcp|udp|unix|file) /, '').replace(/\b[a-z]+:\/\/(www\.)?/, '');
}

/** What a resource is called: its kind, its variable's name when there are several of a kind, else numbered. */
export function resourceName(replay: Replay, resource: Pick<ResourceState, 'id' | 'kind' | 'label'>): string {
  const kind = words[replay.data.lang].kinds[resource.kind] ?? resource.kind;
  const same = replay.cast.resources.flatMap(({ made }) => (made.kind === resource.kind ? [made] : []));
  if (same.length <= 1) return kind;
  if (resource.label !== '' && same.filter(({ label }) => label === resource.label).length === 1) return resource.label;
  return `${kind} ${same.findIndex(({ r }) => r === resource.id) + 1}`;
}

function waitText(replay: Replay, state: State, task: TaskState, wait: EventOf<'suspend'>): string {
  const { lang } = replay.data;
  const w = words[lang];
  const name = callName(wait.api);
  const label = (id: number) => replay.labels.get(id) ?? '?';
  for (const target of wait.on) {
    if ('resource' in target) {
      const resource = state.resources.get(target.resource);
      const shown = shownResource(state, target.resource);
      if (!resource || !shown) continue;
      if (resource.joiners.includes(task.id)) return w.itemsLeft(resource.unfinished);
      const place = resource.waiters.indexOf(task.id) + 1;
      const kind = `${resourceName(replay, shown)}${shown === resource ? '' : ` ${w.itsLock}`}`;
      return place > 0 ? `${kind}, ${placeText(place, lang)}` : kind;
    }
    if ('job' in target) return w.jobResult[state.jobs.get(target.job)?.pool ?? 'thread'];
    if ('io' in target) {
      const transfer = state.transfers.get(target.io);
      if (!transfer) continue;
      const what = shortPlace(transfer.sent || transfer.place);
      return transfer.simulated ? `${w.simulated.network}: ${what}` : what;
    }
  }
  if (wait.leaf === freeConnection) return w.freeConnection;
  const composite = compositeOf(state, task, wait);
  if (composite) {
    const left = membersLeft(state, composite).map(label);
    return left.length > 0 ? `${opName(composite)}: ${left.join(' ')}` : opName(composite);
  }
  for (const target of wait.on) {
    if ('task' in target)
      return ['await', 'task', 'future', ''].includes(name)
        ? `await ${label(target.task)}`
        : `${name}: ${label(target.task)}`;
    if ('timer' in target) {
      const timer = state.timers.get(target.timer);
      return timer ? `${name} → ${timeText(timer.when, lang)}` : name;
    }
  }
  return name === 'future' ? 'Future' : name;
}
