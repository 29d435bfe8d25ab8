import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync } from 'node:fs';
import { bubblewrap } from './bubblewrap.ts';
import type { Runtime, Snapshot } from './runtime.ts';

/** What came back for one block. */
export type Outcome =
  /** The recorder's answer, not yet looked at; `processorSeconds` is infinite where it is not to be told. */
  | { readonly kind: 'answer'; readonly text: string; readonly realSeconds: number; readonly processorSeconds: number }
  /** The interpreter could not go on; `text` says what it said. */
  | { readonly kind: 'broken'; readonly text: string }
  /** No answer within the hard limit: killed. */
  | { readonly kind: 'killed' }
  /** The process ended by itself. */
  | { readonly kind: 'crashed' };

/** A process that records one block at a time. After anything but an answer it has ended. */
export interface Runner {
  readonly record: (request: string, seconds: number, hardSeconds: number) => Promise<Outcome>;
  /** Whether another block may be sent. */
  readonly alive: () => boolean;
  /** Kills the process at once. */
  readonly kill: () => void;
  readonly pid: number;
  /** The walls that stand around it, outermost first. */
  readonly walls: readonly string[];
}

/** How a process is to be started, for tests that take one wall away; all on by default. */
export interface Walls {
  /** The system's own sandbox, where there is one. */
  readonly system?: boolean;
  /** An empty environment. */
  readonly environment?: boolean;
  /** Memory that Python and JavaScript may take. */
  readonly memory?: boolean;
  /** Node's permission model. */
  readonly permissions?: boolean;
  /** No code from strings in the whole process. */
  readonly strings?: boolean;
  /** The Python seal. */
  readonly seal?: boolean;
}

/** Bytes of a whole line: 200,000 events take a tenth of it, and a line near the end of a string's length is fatal. */
const longestAnswer = 256 * 1024 * 1024;

/** Processor time after which the system ends a process, for the case that this one is killed and cannot do it. */
const processorSeconds = 600;

/**
 * All memory that a process may write to, its threads' stacks included: what JavaScript keeps outside of its own heap
 * (`ArrayBuffer`, WebAssembly) has no other end. Linux counts it so; other systems pass over it.
 */
const dataKilobytes = 3_000_000;

/** Seconds of recording after which a process is replaced, so that it never gets near that end. */
const replaceAfterSeconds = 200;

/** Seconds that a process may take until it is ready: ever so many times more than it needs, but not for ever. */
const startSeconds = 120;

/** Thrown when the memory image on disk is damaged or gone. */
export class SnapshotError extends Error {}

/**
 * Starts Python from a memory image and waits until it can record.
 *
 * @param snapshot null starts from nothing, which takes some seconds and gives `keep` the image that was made.
 * @throws {SnapshotError} When the image is damaged: make it anew.
 */
export async function startRunner(
  runtime: Runtime,
  snapshot: Snapshot | null,
  options: {
    readonly walls?: Walls;
    readonly keep?: (image: Uint8Array) => Promise<void>;
    readonly onStart?: (kill: () => void) => void;
  },
): Promise<Runner> {
  const { walls = {}, keep, onStart } = options;
  const { pyodide, inside, files, warm } = runtime;
  const library = runtime.compiled?.library ?? null;
  const made = [library, snapshot].flatMap((file) => (file === null ? [] : [file.path]));
  const readable = [pyodide, ...runtime.own, ...made];
  const launch = launchCommand(runtime.child, readable, walls);
  const child = start(launch, walls);
  onStart?.(() => child.kill('SIGKILL'));
  const lines = readLines(child);
  const compiled =
    snapshot === null && runtime.compiled ? JSON.parse(readFileSync(runtime.compiled.recorder, 'utf8')) : [];
  const seal = walls.seal === false ? '' : runtime.seal;
  const given = snapshot && { snapshot: realpathSync(snapshot.path), digest: snapshot.digest };
  send(child, { start: { pyodide, inside, library, files, compiled, warm, seal, snapshot: null, ...given } });
  const impatience = setTimeout(() => child.kill('SIGKILL'), startSeconds * 1000);
  let first = await lines.next();
  if (first instanceof Uint8Array) {
    const [, next] = await Promise.all([keep?.(first), lines.next()]);
    first = next;
  }
  clearTimeout(impatience);
  if (first !== 'ready') {
    child.kill('SIGKILL');
    const code = await lines.ended;
    // Containers often forbid what the system's sandbox needs; the other walls stand without it.
    if (launch.system && code !== 65) {
      return startRunner(runtime, snapshot, { ...options, walls: { ...walls, system: false } });
    }
    throw code === 65
      ? new SnapshotError('damaged image')
      : new Error(`Python could not be started (the process ended with ${code})`);
  }
  let alive = true;
  let usedSeconds = 0;
  const kill = () => {
    alive = false;
    child.kill('SIGKILL');
  };
  return {
    alive: () => alive,
    kill,
    pid: child.pid ?? 0,
    walls: [
      ...(launch.system ? ['bubblewrap'] : []),
      'process',
      ...(walls.permissions === false ? [] : ['permissions']),
      'context',
      ...(walls.strings === false ? [] : ['no code from strings']),
      ...(walls.memory === false ? [] : ['limits']),
      ...(walls.seal === false ? [] : ['seal']),
    ],
    record: async (request, seconds, hardSeconds) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        kill();
      }, hardSeconds * 1000);
      send(child, { request, seconds });
      const began = performance.now();
      const line = await lines.next();
      clearTimeout(timer);
      const realSeconds = (performance.now() - began) / 1000;
      usedSeconds += realSeconds;
      const { answer, processorSeconds } = readReply(line);
      const [sign, text] = [answer[0], answer.slice(1)];
      const outcome = { kind: 'answer', text, realSeconds, processorSeconds } as const;
      if (sign === '=' && usedSeconds < replaceAfterSeconds) return outcome;
      kill();
      await lines.ended;
      if (sign === '=' || sign === '+') return outcome;
      // One that sleeps in JavaScript has not been kept from the processor by others.
      if (sign === '~') return { ...outcome, processorSeconds: Number.POSITIVE_INFINITY };
      if (late) return { kind: 'killed' };
      return sign === '!' ? { kind: 'broken', text } : { kind: 'crashed' };
    },
  };
}

/**
 * Node's own walls, as flags of its command line.
 *
 * @param readable The only files and folders that the process may read; it may write none, start nothing, and make no
 * worker.
 */
function processFlags(readable: readonly string[], walls: Walls): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [
    '--no-warnings',
    '--no-addons',
    ...(walls.memory === false ? [] : ['--wasm-max-mem-pages=6144', '--max-old-space-size=1024']),
    ...(walls.strings === false ? [] : ['--disallow-code-generation-from-strings']),
    ...(walls.permissions === false
      ? []
      : [permission, ...readable.map((path) => `--allow-fs-read=${realpathSync(path)}`)]),
  ];
}

/**
 * What the system's shell sets before it becomes the process. A call of Python's through C takes much of the machine's
 * stack; with a large one, endless recursion ends as Python's own RecursionError long before the stack does.
 */
const limits = [
  `ulimit -t ${processorSeconds}`,
  `ulimit -d ${dataKilobytes} 2>/dev/null`,
  'kilobytes=3900',
  'ulimit -s 65000 2>/dev/null && kilobytes=60000',
  'unset PWD',
  'for word; do shift; [ "$word" = STACK ] && word=--stack-size=$kilobytes; set -- "$@" "$word"; done',
  'exec "$@"',
].join('; ');

/** A command line, and whether the system's sandbox stands around it. */
interface Launch {
  readonly words: readonly string[];
  readonly system: boolean;
}

/** The whole command line of a process that runs `script` behind walls. */
export function launchCommand(script: string, readable: readonly string[], walls: Walls, ...more: string[]): Launch {
  const node = [...processFlags(readable, walls), realpathSync(script), ...more];
  if (process.platform === 'win32') return { words: [process.execPath, ...node], system: false };
  const around = walls.system === false ? null : bubblewrap([...readable, script]);
  const words = ['/bin/sh', '-c', limits, 'sh', ...(around ?? []), process.execPath, 'STACK', ...node];
  return { words, system: around !== null };
}

function start({ words }: Launch, walls: Walls): ChildProcess {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, {
    env: walls.environment === false ? process.env : {},
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  // A child that is gone is noticed by its end, not by a failed write.
  child.stdin?.on('error', () => {});
  return child;
}

function send(child: ChildProcess, message: object): void {
  child.stdin?.write(`${JSON.stringify(message)}\n`);
}

/** Standard output as JSON lines: `next` gives the value of the next one, an image as bytes, or null at the end. */
function readLines(child: ChildProcess) {
  const ready: unknown[] = [];
  let waiting: ((value: unknown) => void) | null = null;
  let parts: Buffer[] = [];
  let size = 0;
  let image = 0;
  const give = (value: unknown) => {
    if (waiting === null) ready.push(value);
    else waiting(value);
    waiting = null;
  };
  const take = (last: Buffer) => {
    const whole = Buffer.concat([...parts, last]);
    parts = [];
    size = 0;
    return whole;
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (;;) {
      const end = image > 0 ? image - size - 1 : rest.indexOf(10);
      if (end < 0 || end >= rest.length) break;
      if (image > 0) {
        give(take(rest.subarray(0, end + 1)));
        image = 0;
      } else {
        const value = parse(take(rest.subarray(0, end)).toString('utf8'));
        image = imageLength(value);
        if (image === 0) give(value);
      }
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    size += rest.length;
    if (size > longestAnswer) child.kill('SIGKILL');
  });
  const ended = once(child, 'close').then(([code]) => {
    give(null);
    return code as number | null;
  });
  return {
    ended,
    next: () =>
      ready.length > 0 ? Promise.resolve(ready.shift()) : new Promise<unknown>((resolve) => (waiting = resolve)),
  };
}

/** Bytes of the image that follows this line; 0 for any other line. What a note prints is a string, never this. */
function imageLength(value: unknown): number {
  return typeof value === 'object' && value !== null && 'snapshot' in value ? Number(value.snapshot) : 0;
}

function readReply(line: unknown): { answer: string; processorSeconds: number } {
  const reply = typeof line === 'object' && line !== null && 'answer' in line ? line : { answer: '' };
  const processorSeconds = 'processorSeconds' in reply ? Number(reply.processorSeconds) : 0;
  return { answer: String(reply.answer), processorSeconds };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
