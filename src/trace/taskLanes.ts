import { type Arguments, type ChromeFile, loopTid } from './chromeFile.ts';

interface Lane {
  /** The slice that has begun. */
  open: { readonly name: string; readonly ts: number; readonly args: Arguments } | null;
  /** The task's own step has not ended yet. */
  inStep: boolean;
  /** What it turns to when its step ends. */
  next: 'ready' | 'waiting' | 'done' | null;
  api: string;
  /** Where the wake that it waits to act on came from. */
  flow: { readonly tid: number; readonly ts: number; readonly cause: string } | null;
}

/** The lanes of the tasks: each is ready, runs or waits, one after the other. */
export class TaskLanes {
  private readonly lanes = new Map<number, Lane>();

  constructor(private readonly file: ChromeFile) {}

  spawn(task: number, name: string, eager: boolean, args: Arguments): void {
    this.file.name(task, name);
    this.begin(task, eager ? 'running' : 'ready', args);
  }

  /** Its step begins: an arrow leads here from what has woken it, now that both ends are known. */
  run(task: number, args: Arguments): void {
    const lane = this.lane(task);
    this.begin(task, 'running', args);
    lane.inStep = true;
    if (!lane.flow) return;
    const { cause, ...from } = lane.flow;
    lane.flow = null;
    this.file.arrow(`wake: ${cause}`, from, task);
  }

  ran(task: number): void {
    const lane = this.lane(task);
    lane.inStep = false;
    this.leaveStep(task, lane);
  }

  suspend(task: number, api: string): void {
    const lane = this.lane(task);
    lane.api = api;
    this.turn(task, lane, 'waiting');
  }

  done(task: number): void {
    this.turn(task, this.lane(task), 'done');
  }

  wake(task: number, by: number | null, cause: string): void {
    this.lane(task).flow = { tid: by ?? loopTid, ts: this.file.ts, cause };
  }

  /** It is queued: at once when it waits, at the end of its step when it runs (`sleep(0)`). */
  ready(task: number): void {
    const lane = this.lane(task);
    if (lane.open?.name === 'running') lane.next = 'ready';
    else if (lane.open?.name !== 'ready') this.begin(task, 'ready', {});
  }

  /** Closes what a trace that was cut short has left open. */
  finish(): void {
    for (const [task, lane] of this.lanes) this.close(task, lane);
  }

  private lane(task: number): Lane {
    const found = this.lanes.get(task);
    if (found) return found;
    const lane: Lane = { open: null, inStep: false, next: null, api: '', flow: null };
    this.lanes.set(task, lane);
    return lane;
  }

  private begin(task: number, name: string, args: Arguments): void {
    const lane = this.lane(task);
    this.close(task, lane);
    lane.open = { name, ts: this.file.ts, args };
  }

  private close(task: number, lane: Lane): void {
    if (lane.open) this.file.slice(task, lane.open.name, lane.open.ts, this.file.ts, lane.open.args);
    lane.open = null;
  }

  private turn(task: number, lane: Lane, next: 'waiting' | 'done'): void {
    lane.next = next;
    if (!lane.inStep) this.leaveStep(task, lane);
  }

  private leaveStep(task: number, lane: Lane): void {
    const { next } = lane;
    lane.next = null;
    if (next === 'ready') this.begin(task, 'ready', {});
    else if (next === 'waiting') this.begin(task, `waiting: ${lane.api}`, {});
    else this.close(task, lane);
  }
}
