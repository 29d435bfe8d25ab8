/**
 * A small imitation of asyncio's loop that writes traces: programs are generators that yield what they do.
 * It follows CPython 3.14 in what replays must get right: order of the queue, ticks, plumbing, waking by release.
 */
import type { TraceEvent, TraceHeader } from '../../src/trace/events.ts';

/** What a program yields. Times are seconds. */
export type Act =
  | { do: 'line'; line: number }
  | { do: 'print'; text: string }
  | { do: 'sleep'; seconds: number }
  | { do: 'block'; seconds: number }
  | { do: 'spawn'; coro: string; args: [string, string][]; body: Body }
  | { do: 'gather'; children: { coro: string; args: [string, string][]; body: Body }[] }
  | { do: 'join'; task: number }
  | { do: 'acquire'; resource: number }
  | { do: 'release'; resource: number }
  | { do: 'cancel'; task: number }
  | { do: 'raise'; type: string; message: string };

/** A program: yields acts; a spawn gives back the new task's number. */
export type Body = () => Generator<Act, void, number>;

interface Resource {
  kind: string;
  label: string;
  value: number;
}

interface Task {
  id: number;
  body: Generator<Act, void, number>;
  site: number | null;
  finished: boolean;
  joiners: number[];
  timer: number | null;
  resource: number | null;
  cancelled: boolean;
  answer: number;
}

/** Runs `main` and gives the recording as JSON Lines. */
export function record(main: Body, resources: readonly Resource[] = [], file = 'case.md'): string {
  const sites: [number, string][] = [];
  const events: Record<string, unknown>[] = [];
  const tasks = new Map<number, Task>();
  const ready: { h: number; run: () => void }[] = [];
  const timers: { h: number; when: number; run: () => void }[] = [];
  const lines = resources.map(() => ({ waiters: [] as number[], granted: new Set<number>() }));
  const values = resources.map(({ value }) => value);
  let now = 0;
  let tick = 0;
  let step = 0;
  let current: number | null = null;
  let steps = 0;
  let handles = 0;
  let composites = 0;

  const emit = (k: string, task: number | null, fields: Record<string, unknown> = {}) =>
    events.push({ i: events.length, t: Math.round(now), tick, step, k, task, ...fields });
  const siteOf = (line: number) => {
    const known = sites.findIndex(([other]) => other === line);
    return known >= 0 ? known : sites.push([line, 'f']) - 1;
  };
  const callSoon = (task: number | null, kind: string, label: string, run: () => void) => {
    const h = ++handles;
    emit('enq', task, { h, kind, by: current, label, internal: task === null });
    ready.push({ h, run });
  };
  const wake = (task: Task, cause: string) => {
    emit('wake', task.id, { by: current, cause });
    callSoon(task.id, 'wakeup', 'Task.__wakeup', () => advance(task));
  };
  const spawn = (coro: string, args: [string, string][], body: Body): Task => {
    const id = tasks.size + 1;
    const task: Task = {
      id,
      body: body(),
      site: null,
      finished: false,
      joiners: [],
      timer: null,
      resource: null,
      cancelled: false,
      answer: 0,
    };
    tasks.set(id, task);
    const parent = current;
    emit('spawn', id, { id, name: `Task-${id}`, coro, args, parent, site: null, group: null, eager: false });
    callSoon(id, 'step', 'Task.__step', () => advance(task));
    return task;
  };
  const suspend = (task: Task, api: string, leaf: string, on: unknown[]) =>
    emit('suspend', task.id, { site: task.site, stack: task.site === null ? [] : [task.site], api, leaf, on });
  const finish = (task: Task, fields: Record<string, unknown>) => {
    emit('done', task.id, fields);
    task.finished = true;
    for (const joiner of task.joiners) {
      const waiting = tasks.get(joiner);
      if (waiting) callSoon(null, 'callback', 'done_callback', () => settle(waiting));
    }
  };
  const pending = new Map<number, number>();
  const settle = (task: Task) => {
    const left = (pending.get(task.id) ?? 1) - 1;
    pending.set(task.id, left);
    if (left === 0) wake(task, 'done');
  };

  const advance = (task: Task) => {
    current = task.id;
    if (task.cancelled) {
      emit('cancelDelivered', task.id);
      finish(task, { outcome: 'cancelled' });
      return;
    }
    if (task.resource !== null) {
      lines[task.resource]?.granted.delete(task.id);
      emit('res', task.id, { r: task.resource + 1, op: 'acquire', value: values[task.resource] ?? 0 });
      task.resource = null;
    }
    for (;;) {
      const { done, value: act } = task.body.next(task.answer);
      if (done) return finish(task, { outcome: 'ok', value: 'None' });
      switch (act.do) {
        case 'line':
          task.site = siteOf(act.line);
          emit('line', task.id, { site: task.site });
          break;
        case 'print':
          emit('print', task.id, { stream: 'stdout', text: `${act.text}\n` });
          break;
        case 'block': {
          const from = Math.round(now);
          now += act.seconds * 1e9;
          emit('block', task.id, { api: 'time.sleep', from, to: Math.round(now), site: task.site ?? 0 });
          break;
        }
        case 'sleep': {
          if (act.seconds > 0) {
            const h = ++handles;
            const when = Math.round(now + act.seconds * 1e9);
            emit('timer+', task.id, { h, when, api: 'asyncio.sleep', by: task.id, internal: false });
            timers.push({ h, when, run: () => wake(task, 'timer') });
            task.timer = h;
            return suspend(task, 'asyncio.sleep', 'asyncio.sleep', [{ timer: h }]);
          }
          suspend(task, 'asyncio.sleep', 'asyncio.sleep', []);
          return callSoon(task.id, 'step', 'Task.__step', () => advance(task));
        }
        case 'spawn':
          task.answer = spawn(act.coro, act.args, act.body).id;
          break;
        case 'gather': {
          const w = ++composites;
          const children = act.children.map((child) => spawn(child.coro, child.args, child.body));
          const members = children.map(({ id }) => id);
          emit('wopen', task.id, { w, op: 'gather', members, returnExceptions: false, site: task.site });
          for (const child of children) child.joiners.push(task.id);
          pending.set(task.id, children.length);
          if (children.length === 0) break;
          return suspend(task, 'asyncio.gather', 'asyncio.gather', [{ composite: w }]);
        }
        case 'join': {
          const other = tasks.get(act.task);
          if (!other || other.finished || other === task) break;
          other.joiners.push(task.id);
          pending.set(task.id, 1);
          return suspend(task, 'await', 'await', [{ task: other.id }]);
        }
        case 'acquire': {
          const line = lines[act.resource];
          if (!line) break;
          const value = values[act.resource] ?? 0;
          if (value > 0 && line.waiters.length === 0 && line.granted.size === 0) {
            values[act.resource] = value - 1;
            emit('res', task.id, { r: act.resource + 1, op: 'acquire', value: value - 1 });
            break;
          }
          line.waiters.push(task.id);
          emit('res', task.id, { r: act.resource + 1, op: 'wait', value });
          task.resource = act.resource;
          return suspend(task, 'Semaphore.acquire', 'Semaphore.acquire', [{ resource: act.resource + 1 }]);
        }
        case 'release': {
          const line = lines[act.resource];
          if (!line) break;
          const next = tasks.get(line.waiters.shift() ?? -1);
          emit('res', task.id, { r: act.resource + 1, op: 'release', value: (values[act.resource] ?? 0) + 1 });
          if (next) {
            line.granted.add(next.id);
            emit('res', next.id, { r: act.resource + 1, op: 'wake', value: values[act.resource] ?? 0 });
            wake(next, 'release');
          } else values[act.resource] = (values[act.resource] ?? 0) + 1;
          break;
        }
        case 'cancel': {
          const other = tasks.get(act.task);
          // Only sleepers are cancelled here: enough for what replays show.
          const timer = timers.findIndex(({ h }) => h === other?.timer);
          if (!other || other.finished || timer < 0) break;
          emit('cancelReq', other.id, { by: task.id, count: 1, message: null });
          other.cancelled = true;
          emit('timer-', other.id, { h: other.timer });
          timers.splice(timer, 1);
          wake(other, 'cancel');
          break;
        }
        case 'raise':
          emit('raise', task.id, { site: task.site, error: { type: act.type, message: act.message } });
          return finish(task, { outcome: 'error', error: { type: act.type, message: act.message } });
      }
    }
  };

  emit('open', null, { loop: 1 });
  spawn('main', [], main);
  resources.forEach(({ kind, label, value }, index) => {
    emit('res+', 1, { r: index + 1, kind, label, value, site: null, internal: false });
  });
  for (;;) {
    if (ready.length === 0) {
      timers.sort((a, b) => a.when - b.when || a.h - b.h);
      const first = timers[0];
      if (!first) break;
      if (first.when > now) {
        const from = Math.round(now);
        now = first.when;
        emit('advance', null, { from, to: Math.round(now) });
      }
    }
    timers.sort((a, b) => a.when - b.when || a.h - b.h);
    while (timers[0] && timers[0].when <= now) {
      const timer = timers.shift();
      if (!timer) break;
      emit('fire', null, { h: timer.h });
      ready.push({ h: timer.h, run: timer.run });
    }
    tick++;
    const count = ready.length;
    emit('tick', null, { ready: count });
    for (let n = 0; n < count; n++) {
      const entry = ready.shift();
      if (!entry) break;
      step = ++steps;
      emit('run', null, { h: entry.h });
      entry.run();
      current = null;
      emit('ran', null, { h: entry.h });
      step = 0;
    }
  }
  if ([...tasks.values()].some((task) => !task.finished)) emit('deadlock', null, { cycle: [] });
  emit('close', null, { loop: 1 });
  tick = 0;
  emit('end', null, { outcome: 'ok' });
  const header: TraceHeader = {
    format: 'loopreel-trace',
    version: 1,
    python: '3.14.2',
    implementation: 'imitation',
    clock: 'virtual',
    file,
    line: 1,
    source: 'sha256:0',
    sites,
    limits: {},
    truncated: false,
  };
  return [header, ...(events as unknown as TraceEvent[])].map((line) => `${JSON.stringify(line)}\n`).join('');
}
