import type { Trace, TraceEvent } from './events.ts';
import type { Timeline } from './timeline.ts';

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

/** The lane of the loop itself; tasks have their number. */
export const loopTid = 0;

/** What every entry tells beside its own. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Writes a file entry by entry, at the time of the event that was taken last. */
export class ChromeFile {
  readonly events: ChromeEvent[] = [];
  ts = 0;
  private readonly names = new Map<number, string>([[loopTid, 'event loop']]);
  private flows = 0;

  constructor(
    private readonly trace: Trace,
    private readonly times: Timeline,
  ) {}

  /** Moves on to an event, or behind the last (null). */
  moveTo(event: TraceEvent | null): void {
    this.ts = event ? this.times.at(event.i) : this.times.end;
  }

  /** Where the event before another stands. */
  before(event: TraceEvent): number {
    return this.times.at(event.i - 1);
  }

  /** Where a moment of the recording's clock stands. */
  moment(nanoseconds: number): number {
    return this.times.moment(nanoseconds);
  }

  name(tid: number, name: string): void {
    this.names.set(tid, name);
  }

  slice(tid: number, name: string, from: number, to: number, args: Arguments): void {
    this.events.push({ ph: 'X', name, cat: 'state', pid, tid, ts: from, dur: round(to - from), args });
  }

  instant(tid: number, name: string, args: Arguments): void {
    this.events.push({ ph: 'i', s: 't', name, cat: 'program', pid, tid, ts: this.ts, args });
  }

  /** The begin or the end of a span that is on no lane. */
  span(ph: 'b' | 'e', id: string, tid: number, name: string, args: Arguments): void {
    this.events.push({ ph, name, cat: 'composite', id, pid, tid, ts: this.ts, args });
  }

  counter(name: string, args: Arguments): void {
    this.events.push({ ph: 'C', name, pid, tid: loopTid, ts: this.ts, args });
  }

  /** An arrow from an earlier place to here. */
  arrow(name: string, from: { readonly tid: number; readonly ts: number }, tid: number): void {
    const shared = { name, cat: 'wake', pid, id: `f${++this.flows}` } as const;
    const { ts } = from;
    this.events.push({ ph: 's', ...shared, tid: from.tid, ts }, { ph: 'f', bp: 'e', ...shared, tid, ts: this.ts });
  }

  /** What an entry tells: where and when it really happened, and `own`. */
  args(event: TraceEvent, own: Arguments): Arguments {
    return { seconds: event.t / 1e9, step: event.step, tick: event.tick, event: event.i, ...own };
  }

  place(site: number | null): string | undefined {
    const { file, sites } = this.trace.header;
    const found = site === null ? undefined : sites[site];
    return found && `${file}:${found[0]} ${found[1]}`;
  }

  /** All entries in order, the names of the lanes first. */
  entries(): readonly ChromeEvent[] {
    const meta = (name: string, tid: number, args: Arguments) => ({ ph: 'M', name, pid, tid, ts: 0, args }) as const;
    return [
      meta('process_name', loopTid, { name: this.trace.header.file }),
      ...[...this.names].flatMap(([tid, name]) => [
        meta('thread_name', tid, { name }),
        meta('thread_sort_index', tid, { sort_index: tid }),
      ]),
      ...this.events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0)),
    ];
  }
}

const round = (microseconds: number) => Math.round(microseconds * 1000) / 1000;
