import type { EventOf, Trace, TraceEvent } from './events.ts';
import { type PerfettoClock, type Timeline, timeline } from './timeline.ts';

export type { PerfettoClock } from './timeline.ts';

/**
 * One entry of the Trace Event Format's JSON object form ("Trace Event Format", Google, 2016; what ui.perfetto.dev and
 * chrome://tracing open). Times are microseconds.
 */
export interface ChromeEvent {
  readonly ph: 'M' | 'X' | 'C' | 's' | 'f' | 'b' | 'e' | 'i';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: string;
  readonly bp?: 'e';
  readonly s?: 't';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A whole file. */
export interface ChromeTrace {
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly ChromeEvent[];
}

const pid = 1;
const loopTid = 0;

/** Executor threads come behind all tasks. */
const firstThreadTid = 1_000_000;

/** A slice that has begun on a lane. */
interface Open {
  readonly name: string;
  readonly ts: number;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Lane {
  open: Open | null;
  /** The task's own step has not ended yet. */
  inStep: boolean;
  /** What it turns to when its step ends. */
  next: 'ready' | 'waiting' | 'done' | null;
  api: string;
  /** Where the wake that it waits to act on came from. */
  flow: { readonly tid: number; readonly ts: number; readonly cause: string } | null;
}

/**
 * Turns a recording into a file for trace viewers: a lane a task with slices for running, ready and waiting, a lane for
 * the loop's callbacks and waits, lanes for executor threads; counters for the ready queue and for what resources hold;
 * arrows from what wakes a task to the run that follows; composites as async spans, each with an id of its own.
 *
 * Viewers lose or swap events of one time, and on a virtual clock nearly all are. `clock` says how they are told apart.
 *
 * @param clock Default `logical`.
 */
export function perfetto(trace: Trace, clock: PerfettoClock = 'logical'): ChromeTrace {
  const writer = new Writer(trace, timeline(trace.events, clock));
  for (const event of trace.events) writer.take(event);
  writer.finish();
  const { file, python, implementation, clock: recorded } = trace.header;
  return {
    displayTimeUnit: 'ms',
    otherData: {
      file,
      python: `${implementation} ${python}`,
      'clock of the recording': recorded,
      'clock of this file': clock,
    },
    traceEvents: [...writer.names(), ...writer.events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))],
  };
}

/** Takes the events of one trace in order. */
class Writer {
  readonly events: ChromeEvent[] = [];
  private readonly tids = new Map<number, string>([[loopTid, 'event loop']]);
  private readonly threads = new Map<string, number>();
  private readonly lanes = new Map<number, Lane>();
  private readonly labels = new Map<number, string>();
  private readonly composites = new Map<number, { readonly op: string; readonly tid: number }>();
  private readonly resources = new Map<number, string>();
  private readonly jobs = new Map<number, { label: string; tid: number; ts: number }>();
  private callback: Open | null = null;
  private ready = 0;
  private flows = 0;
  private ts = 0;

  constructor(
    private readonly trace: Trace,
    private readonly times: Timeline,
  ) {}

  take(event: TraceEvent): void {
    this.ts = this.times.at(event.i);
    const handler = this.handlers[event.k] as ((event: TraceEvent) => void) | undefined;
    handler?.(event);
  }

  /** What each kind of event becomes; the others only take their place in time. */
  private readonly handlers: { [Kind in TraceEvent['k']]?: (event: EventOf<Kind>) => void } = {
    enq: (event) => {
      this.labels.set(event.h, event.label);
      this.count(1);
      if (event.task !== null) this.toReady(event.task);
    },
    fire: () => this.count(1),
    hcancel: () => this.count(-1),
    run: (event) => {
      this.count(-1);
      const args = this.args(event, {});
      if (event.task === null) {
        this.callback = { name: this.labels.get(event.h) ?? 'timer', ts: this.ts, args };
        return;
      }
      const lane = this.lane(event.task);
      this.begin(event.task, 'running', args);
      lane.inStep = true;
      this.arrow(event.task, lane);
    },
    ran: (event) => {
      if (event.task === null) return this.endCallback();
      const lane = this.lane(event.task);
      lane.inStep = false;
      this.leaveStep(event.task, lane);
    },
    spawn: (event) => {
      this.tids.set(event.id, `${event.name} ${event.coro}`);
      this.begin(event.id, event.eager ? 'running' : 'ready', this.args(event, { site: this.place(event.site) }));
    },
    suspend: (event) => {
      if (event.task === null) return;
      const lane = this.lane(event.task);
      lane.api = event.api;
      lane.next = 'waiting';
      if (!lane.inStep) this.leaveStep(event.task, lane);
    },
    done: (event) => {
      if (event.task === null) return;
      const lane = this.lane(event.task);
      lane.next = 'done';
      if (!lane.inStep) this.leaveStep(event.task, lane);
      this.instant(event.task, `done: ${event.outcome}`, this.args(event, { value: event.value, error: event.error }));
    },
    wake: (event) => {
      if (event.task === null) return;
      const tid = event.by ?? loopTid;
      if (event.by === null && this.callback === null)
        this.slice(loopTid, `wake: ${event.cause}`, this.ts, this.ts, {});
      this.lane(event.task).flow = { tid, ts: this.ts, cause: event.cause };
    },
    advance: (event) => {
      const seconds = (event.to - event.from) / 1e9;
      this.slice(loopTid, `wait ${seconds} s`, this.times.at(event.i - 1), this.ts, this.args(event, {}));
    },
    block: (event) => {
      const args = this.args(event, { seconds: (event.to - event.from) / 1e9, site: this.place(event.site) });
      this.slice(event.task ?? loopTid, `blocked: ${event.api}`, this.times.at(event.i - 1), this.ts, args);
    },
    wopen: (event) => {
      this.composites.set(event.w, { op: event.op, tid: event.task ?? loopTid });
      this.async('b', event.w, this.args(event, { members: event.members, site: this.place(event.site) }));
    },
    wclose: (event) => this.async('e', event.w, this.args(event, { outcome: event.outcome })),
    'res+': (event) => {
      if (event.internal) return;
      this.resources.set(event.r, `${event.kind} ${event.label} #${event.r}`);
      this.counter(event.r, event.value);
    },
    res: (event) => this.counter(event.r, event.value),
    submit: (event) => {
      this.jobs.set(event.job, { label: event.label, tid: -1, ts: 0 });
    },
    tstart: (event) => {
      const job = this.jobs.get(event.job);
      if (!job) return;
      job.tid = this.threads.get(event.thread) ?? firstThreadTid + this.threads.size;
      job.ts = this.times.moment(event.at);
      this.threads.set(event.thread, job.tid);
      this.tids.set(job.tid, event.thread);
    },
    tend: (event) => {
      const job = this.jobs.get(event.job);
      if (!job || job.tid < 0) return;
      this.jobs.delete(event.job);
      const end = Math.max(job.ts, this.times.moment(event.at));
      this.slice(job.tid, job.label, job.ts, end, this.args(event, { outcome: event.outcome }));
    },
    io: (event) => {
      const { bytes, simulated } = event;
      const args = this.args(event, { bytes, simulated, site: this.place(event.site) });
      this.instant(event.task ?? loopTid, `${event.op} ${event.what}`, args);
    },
    print: (event) => this.instant(event.task ?? loopTid, `print ${event.text.trimEnd()}`, this.args(event, {})),
    raise: (event) => this.instant(event.task ?? loopTid, event.error.type, this.args(event, { error: event.error })),
    mark: (event) => this.instant(event.task ?? loopTid, event.label, this.args(event, {})),
    deadlock: (event) => this.instant(loopTid, 'deadlock', this.args(event, { cycle: event.cycle })),
    limit: (event) => this.instant(loopTid, `limit: ${event.what}`, this.args(event, {})),
  };

  /** Closes what a trace that was cut short has left open. */
  finish(): void {
    this.ts = this.times.end;
    this.endCallback();
    for (const [task, lane] of this.lanes) this.close(task, lane);
    for (const job of this.jobs.values()) if (job.tid >= 0) this.slice(job.tid, job.label, job.ts, this.ts, {});
    for (const w of this.composites.keys()) this.async('e', w, { open: true });
  }

  names(): ChromeEvent[] {
    const meta = (name: string, tid: number, args: Record<string, unknown>) =>
      ({ ph: 'M', name, pid, tid, ts: 0, args }) as const;
    return [
      meta('process_name', loopTid, { name: this.trace.header.file }),
      ...[...this.tids].flatMap(([tid, name]) => [
        meta('thread_name', tid, { name }),
        meta('thread_sort_index', tid, { sort_index: tid }),
      ]),
    ];
  }

  private lane(task: number): Lane {
    const found = this.lanes.get(task);
    if (found) return found;
    const lane: Lane = { open: null, inStep: false, next: null, api: '', flow: null };
    this.lanes.set(task, lane);
    return lane;
  }

  private begin(task: number, name: string, args: Readonly<Record<string, unknown>>): void {
    const lane = this.lane(task);
    this.close(task, lane);
    lane.open = { name, ts: this.ts, args };
  }

  private close(task: number, lane: Lane): void {
    if (lane.open) this.slice(task, lane.open.name, lane.open.ts, this.ts, lane.open.args);
    lane.open = null;
  }

  /** A task is queued: at once when it waits, at the end of its step when it runs (`sleep(0)`). */
  private toReady(task: number): void {
    const lane = this.lane(task);
    if (lane.open?.name === 'running') lane.next = 'ready';
    else if (lane.open?.name !== 'ready') this.begin(task, 'ready', {});
  }

  private leaveStep(task: number, lane: Lane): void {
    const { next } = lane;
    lane.next = null;
    if (next === 'ready') this.begin(task, 'ready', {});
    else if (next === 'waiting') this.begin(task, `waiting: ${lane.api}`, {});
    else this.close(task, lane);
  }

  private endCallback(): void {
    if (this.callback) this.slice(loopTid, this.callback.name, this.callback.ts, this.ts, this.callback.args);
    this.callback = null;
  }

  /** Draws the arrow to the run that a wake has led to: only now are both its ends known. */
  private arrow(task: number, lane: Lane): void {
    if (!lane.flow) return;
    const { tid, ts, cause } = lane.flow;
    lane.flow = null;
    const shared = { name: `wake: ${cause}`, cat: 'wake', pid, id: `f${++this.flows}` } as const;
    this.events.push({ ph: 's', ...shared, tid, ts }, { ph: 'f', bp: 'e', ...shared, tid: task, ts: this.ts });
  }

  private slice(tid: number, name: string, from: number, to: number, args: Readonly<Record<string, unknown>>): void {
    this.events.push({ ph: 'X', name, cat: 'state', pid, tid, ts: from, dur: round(to - from), args });
  }

  private instant(tid: number, name: string, args: Readonly<Record<string, unknown>>): void {
    this.events.push({ ph: 'i', s: 't', name, cat: 'program', pid, tid, ts: this.ts, args });
  }

  private async(ph: 'b' | 'e', w: number, args: Readonly<Record<string, unknown>>): void {
    const composite = this.composites.get(w);
    if (!composite) return;
    if (ph === 'e') this.composites.delete(w);
    const { op: name, tid } = composite;
    this.events.push({ ph, name, cat: 'composite', id: `w${w}`, pid, tid, ts: this.ts, args });
  }

  private count(by: number): void {
    this.ready = Math.max(0, this.ready + by);
    this.events.push({ ph: 'C', name: 'ready queue', pid, tid: loopTid, ts: this.ts, args: { handles: this.ready } });
  }

  private counter(r: number, value: number): void {
    const name = this.resources.get(r);
    if (name !== undefined) this.events.push({ ph: 'C', name, pid, tid: loopTid, ts: this.ts, args: { value } });
  }

  /** What every slice tells beside its own: where and when it really happened. */
  private args(event: TraceEvent, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return { seconds: event.t / 1e9, step: event.step, tick: event.tick, event: event.i, ...own };
  }

  private place(site: number | null): string | undefined {
    const found = site === null ? undefined : this.trace.header.sites[site];
    return found && `${this.trace.header.file}:${found[0]} ${found[1]}`;
  }
}

const round = (microseconds: number) => Math.round(microseconds * 1000) / 1000;
