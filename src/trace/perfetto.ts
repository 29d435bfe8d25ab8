import { type Arguments, ChromeFile, type ChromeTrace, loopTid } from './chromeFile.ts';
import type { EventOf, Trace, TraceEvent } from './events.ts';
import { TaskLanes } from './taskLanes.ts';
import { type PerfettoClock, timeline } from './timeline.ts';

export type { ChromeEvent } from './chromeFile.ts';
export type { PerfettoClock } from './timeline.ts';

/** Executor threads come behind all tasks. */
const firstThreadTid = 1_000_000;

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
  const file = new ChromeFile(trace, timeline(trace.events, clock));
  const writer = new Writer(file);
  for (const event of trace.events) writer.take(event);
  writer.finish();
  const { file: name, python, implementation, clock: recorded } = trace.header;
  return {
    displayTimeUnit: 'ms',
    otherData: {
      file: name,
      python: `${implementation} ${python}`,
      'clock of the recording': recorded,
      'clock of this file': clock,
    },
    traceEvents: file.entries(),
  };
}

/** Takes the events of one trace in order. */
class Writer {
  private readonly tasks: TaskLanes;
  private readonly threads = new Map<string, number>();
  private readonly labels = new Map<number, string>();
  private readonly composites = new Map<number, { readonly op: string; readonly tid: number }>();
  private readonly resources = new Map<number, string>();
  private readonly jobs = new Map<number, { label: string; tid: number; ts: number }>();
  private callback: { readonly name: string; readonly ts: number; readonly args: Arguments } | null = null;
  private queued = 0;

  constructor(private readonly file: ChromeFile) {
    this.tasks = new TaskLanes(file);
  }

  take(event: TraceEvent): void {
    this.file.moveTo(event);
    const handler = this.handlers[event.k] as ((event: TraceEvent) => void) | undefined;
    handler?.(event);
  }

  /** What each kind of event becomes; the others only take their place in time. */
  private readonly handlers: { [Kind in TraceEvent['k']]?: (event: EventOf<Kind>) => void } = {
    enq: (event) => {
      this.labels.set(event.h, event.label);
      this.count(1);
      if (event.task !== null) this.tasks.ready(event.task);
    },
    fire: () => this.count(1),
    hcancel: () => this.count(-1),
    run: (event) => {
      this.count(-1);
      const args = this.file.args(event, {});
      if (event.task === null) {
        this.callback = { name: this.labels.get(event.h) ?? 'timer', ts: this.file.ts, args };
        return;
      }
      this.tasks.run(event.task, args);
    },
    ran: (event) => {
      if (event.task === null) return this.endCallback();
      this.tasks.ran(event.task);
    },
    spawn: (event) => {
      const args = this.file.args(event, { site: this.file.place(event.site) });
      this.tasks.spawn(event.id, `${event.name} ${event.coro}`, event.eager, args);
    },
    suspend: (event) => {
      if (event.task !== null) this.tasks.suspend(event.task, event.api);
    },
    done: (event) => {
      if (event.task === null) return;
      this.tasks.done(event.task);
      this.file.instant(
        event.task,
        `done: ${event.outcome}`,
        this.file.args(event, { value: event.value, error: event.error }),
      );
    },
    wake: (event) => {
      if (event.task === null) return;
      const { ts } = this.file;
      if (event.by === null && this.callback === null) this.file.slice(loopTid, `wake: ${event.cause}`, ts, ts, {});
      this.tasks.wake(event.task, event.by, event.cause);
    },
    advance: (event) => {
      const seconds = (event.to - event.from) / 1e9;
      this.file.slice(loopTid, `wait ${seconds} s`, this.file.before(event), this.file.ts, this.file.args(event, {}));
    },
    block: (event) => {
      const args = this.file.args(event, { seconds: (event.to - event.from) / 1e9, site: this.file.place(event.site) });
      this.file.slice(event.task ?? loopTid, `blocked: ${event.api}`, this.file.before(event), this.file.ts, args);
    },
    wopen: (event) => {
      this.composites.set(event.w, { op: event.op, tid: event.task ?? loopTid });
      this.span('b', event.w, this.file.args(event, { members: event.members, site: this.file.place(event.site) }));
    },
    wclose: (event) => this.span('e', event.w, this.file.args(event, { outcome: event.outcome })),
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
      job.ts = this.file.moment(event.at);
      this.threads.set(event.thread, job.tid);
      this.file.name(job.tid, event.thread);
    },
    tend: (event) => {
      const job = this.jobs.get(event.job);
      if (!job || job.tid < 0) return;
      this.jobs.delete(event.job);
      const end = Math.max(job.ts, this.file.moment(event.at));
      this.file.slice(job.tid, job.label, job.ts, end, this.file.args(event, { outcome: event.outcome }));
    },
    io: (event) => {
      const { bytes, simulated } = event;
      const args = this.file.args(event, { bytes, simulated, site: this.file.place(event.site) });
      this.file.instant(event.task ?? loopTid, `${event.op} ${event.what}`, args);
    },
    print: (event) =>
      this.file.instant(event.task ?? loopTid, `print ${event.text.trimEnd()}`, this.file.args(event, {})),
    raise: (event) =>
      this.file.instant(event.task ?? loopTid, event.error.type, this.file.args(event, { error: event.error })),
    mark: (event) => this.file.instant(event.task ?? loopTid, event.label, this.file.args(event, {})),
    deadlock: (event) => this.file.instant(loopTid, 'deadlock', this.file.args(event, { cycle: event.cycle })),
    limit: (event) => this.file.instant(loopTid, `limit: ${event.what}`, this.file.args(event, {})),
  };

  /** Closes what a trace that was cut short has left open. */
  finish(): void {
    const { file } = this;
    file.moveTo(null);
    this.endCallback();
    this.tasks.finish();
    for (const job of this.jobs.values()) if (job.tid >= 0) file.slice(job.tid, job.label, job.ts, file.ts, {});
    for (const w of this.composites.keys()) this.span('e', w, { open: true });
  }

  private endCallback(): void {
    if (this.callback) this.file.slice(loopTid, this.callback.name, this.callback.ts, this.file.ts, this.callback.args);
    this.callback = null;
  }

  private span(ph: 'b' | 'e', w: number, args: Arguments): void {
    const composite = this.composites.get(w);
    if (!composite) return;
    if (ph === 'e') this.composites.delete(w);
    this.file.span(ph, `w${w}`, composite.tid, composite.op, args);
  }

  private count(by: number): void {
    this.queued = Math.max(0, this.queued + by);
    this.file.counter('ready queue', { handles: this.queued });
  }

  private counter(r: number, value: number): void {
    const name = this.resources.get(r);
    if (name !== undefined) this.file.counter(name, { value });
  }
}
