import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { NetworkRule } from '../../notes/network.ts';
import { readAnswer } from './answer.ts';
import { contentKey, readEntry, writeEntry } from './cache.ts';
import {
  type ClockName,
  type Engine,
  type EngineName,
  engineChooser,
  engineRequest,
  limitsOf,
  recordOutside,
  refusal,
} from './engine.ts';
import type { BlockEvidence } from './evidence.ts';
import { fairSeconds, graceSeconds, type Limits } from './limits.ts';
import { type Outcome, type Runner, SnapshotError, startRunner } from './runner.ts';
import { findSnapshot, keepSnapshot, type Runtime, readRuntime, type Snapshot } from './runtime.ts';

export { cacheDirectory } from './cache.ts';
export type { Limits } from './limits.ts';

/** What became of one block. */
export interface BlockRecording {
  readonly id: string;
  readonly status: 'ran' | 'raised' | 'skipped' | 'stopped';
  /** Why it was skipped or stopped, in words. */
  readonly reason?: string;
  readonly stdout: string;
  readonly stderr?: string;
  /** `text` is the last line of the traceback, `line` counts in the note; a syntax error has a `column`, from 1. */
  readonly error?: {
    readonly text: string;
    readonly line: number;
    readonly column?: number;
    readonly traceback: string;
  };
  /** JSON Lines as told in `src/trace/README.md`; absent when nothing could be recorded. */
  readonly trace?: string;
  /** Hooks of the recorder that failed: bugs of ours, which the trace may lack something for. */
  readonly faults?: readonly string[];
  /** What claims are judged by; there when it was asked for. */
  readonly check?: BlockEvidence;
}

/** The Python of one note, as much of a `Note` as recording needs. */
export interface RecordableNote {
  /** Path of the note; Python sees its last part only. */
  readonly file: string;
  /** Folder in which the system's Python runs its blocks; default: that of `file`. */
  readonly folder?: string | undefined;
  readonly blocks: readonly RecordableBlock[];
  /** Another world than that of recordings, where all that changes from run to run is changed by a seed, not 0. */
  readonly world?: { readonly seed: number };
  /** What the simulated network answers; default: what each URL has by itself. */
  readonly network?: readonly NetworkRule[];
  /** What its front matter says. */
  readonly engine?: EngineName | undefined;
}

/** A block as `Note.blocks` has it; `line` is the line of its opening fence. */
export interface RecordableBlock {
  readonly id: string;
  readonly line: number;
  readonly code: string;
  readonly meta: object;
}

/** How to record. */
export interface RecordOptions {
  /** Folder that keeps recordings between runs (see `cacheDirectory`); null records all anew. */
  readonly cacheDirectory: string | null;
  /** Folder that keeps Python's memory image; default `cacheDirectory`, and without that one a temporary folder. */
  readonly runtimeDirectory?: string;
  readonly limits?: Partial<Limits>;
  /** Is told which walls stand around a process of the sandbox that was started. */
  readonly onWalls?: ((walls: readonly string[]) => void) | undefined;
  /** Called after each block, and once at the start; cached blocks are done from the start. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Records and gives these blocks only; the others of their note are still known to the recorder. */
  readonly only?: (file: string, id: string) => boolean;
  /** Whether each recording gets its `check`; default false. */
  readonly check?: boolean;
  /** Whether blocks may run in the system's Python, outside of the sandbox; default false. */
  readonly allowCPython?: boolean | undefined;
  /** The engine of all blocks, whatever they ask for. */
  readonly engine?: EngineName | undefined;
  /** The clock of blocks that run in CPython; default `wall`. */
  readonly clock?: ClockName | undefined;
  /** What a program finds in `sys.argv` behind its name. */
  readonly arguments?: readonly string[] | undefined;
  /** Folder in which blocks run that run in CPython; default that of their note. */
  readonly folder?: string | undefined;
  /** Folder that holds the Python packages; default `src/python`. */
  readonly recorder?: string;
}

/**
 * Runs and records the Python blocks of notes: Pyodide in a sandboxed process of its own, one block at a time, each in an
 * interpreter that is as if just started. When all notes are cached, no process is started.
 *
 * A block that hangs or takes its process down is `stopped` with the reason; the others go on in a new process. The same
 * blocks give the same recordings byte for byte, unless a block ran into the limit of real time.
 *
 * @returns For each file the recordings in order of its blocks.
 * @throws {Error} When Python cannot be started at all.
 */
export async function recordNotes(
  notes: readonly RecordableNote[],
  options: RecordOptions,
): Promise<ReadonlyMap<string, readonly BlockRecording[]>> {
  // 1. What is cached already?
  const runtime = readRuntime(options.recorder);
  const choose = engineChooser(options);
  const wanted = (file: string, id: string) => options.only?.(file, id) ?? true;
  const jobs = await Promise.all(
    notes.map(async (note) => {
      const blocks = note.blocks.map(({ id, line, code, meta }) => ({ id, line, code, meta }));
      const { world, network } = note;
      const more = { ...(world && { world }), ...(network && { network }), ...(options.check && { check: true }) };
      const engines = await Promise.all(blocks.map((block) => choose(note, block)));
      const limits = engines.map((engine) => limitsOf(engine, options.limits));
      const home = note.folder ?? dirname(note.file);
      const folder = options.folder ?? home;
      const outside = engines.some(({ name }) => name === 'cpython') ? [home, folder] : null;
      const decides = [engines, options.arguments, outside, ...Object.entries(more)];
      const key = contentKey(runtime.digest, limits, basename(note.file), blocks, ...decides);
      const cached = options.cacheDirectory === null ? null : await readEntry(options.cacheDirectory, key);
      const targets = blocks
        .map((block, n) => ({ block, engine: engines[n] as Engine, limits: limits[n] as Limits }))
        .filter(({ block }) => wanted(note.file, block.id));
      return { file: note.file, blocks, more, key, cached, targets, home, folder };
    }),
  );
  const total = jobs.reduce((sum, job) => sum + job.targets.length, 0);
  let done = jobs.reduce((sum, job) => sum + (job.cached === null ? 0 : job.targets.length), 0);
  options.onProgress?.(done, total);

  // 2. Record the others, one after the other, and keep whole notes.
  const recordings = new Map<string, readonly BlockRecording[]>();
  const python = pythonOnDemand(runtime, options);
  try {
    for (const job of jobs) {
      if (job.cached !== null) {
        recordings.set(
          job.file,
          job.cached.filter(({ id }) => wanted(job.file, id)),
        );
        continue;
      }
      const results: BlockRecording[] = [];
      for (const { block, engine, limits } of job.targets) {
        const told = engineRequest(engine, job.home, options.arguments);
        const request = {
          file: basename(job.file),
          blocks: job.blocks,
          limits,
          engine: told,
          ...job.more,
          target: block.id,
        };
        const place = { folder: job.folder, limits, recorder: options.recorder };
        results.push(await recordBlock(python, JSON.stringify(request), block, engine, place));
        options.onProgress?.(++done, total);
      }
      if (options.cacheDirectory !== null && results.length === job.blocks.length && results.length > 0) {
        await writeEntry(options.cacheDirectory, job.key, results);
      }
      recordings.set(job.file, results);
    }
  } finally {
    await python.close();
  }
  return recordings;
}

/** What stopped a block whose answer is none. */
const unreadable = 'the block broke its own recording';

/** Records one block; once more with more real time when the machine was too busy to give it its share. */
async function recordBlock(
  python: { readonly runner: () => Promise<Runner>; readonly onStart: (kill: () => void) => void },
  request: string,
  block: RecordableBlock,
  engine: Engine,
  place: { readonly folder: string; readonly limits: Limits; readonly recorder: string | undefined },
): Promise<BlockRecording> {
  const { limits } = place;
  if (engine.name === 'refused') {
    const error = { text: refusal, line: block.line + 1, traceback: '' };
    return { id: block.id, status: 'skipped', reason: refusal, stdout: '', error };
  }
  if (engine.name === 'cpython') {
    return recordingOf(await recordOutside(request, engine, place, python.onStart), block, limits);
  }
  const tryFor = async (seconds: number) => (await python.runner()).record(request, seconds, seconds + graceSeconds);
  const outcome = await tryFor(limits.seconds);
  const recording = recordingOf(outcome, block, limits);
  if (recording.status !== 'stopped' || recording.reason === unreadable || outcome.kind !== 'answer') return recording;
  const seconds = fairSeconds(limits.seconds, outcome.realSeconds, outcome.processorSeconds);
  return seconds === null ? recording : recordingOf(await tryFor(seconds), block, limits);
}

function recordingOf(outcome: Outcome, block: RecordableBlock, limits: Limits): BlockRecording {
  const stopped = (reason: string) => {
    const error = { text: reason, line: block.line + 1, traceback: '' };
    return { id: block.id, status: 'stopped', reason, stdout: '', error } as const;
  };
  switch (outcome.kind) {
    case 'answer':
      return readAnswer(outcome.text, block.id) ?? stopped(unreadable);
    case 'killed':
      return stopped(
        `still running ${graceSeconds} s after its limit of ${limits.seconds} s, in a call that cannot be interrupted`,
      );
    case 'crashed':
      return stopped('Python ended in the middle of the block, out of memory or by a fatal error');
    case 'broken':
      if (outcome.text.includes('Maximum call stack')) return stopped('recursion went deeper than a recording allows');
      return stopped(`Python broke down: ${lastLine(outcome.text)}`);
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim().slice(0, 300) || 'no reason given';
}

/** A running Python whenever one is asked for: started on first use and after every end; never outlives this process. */
function pythonOnDemand(runtime: Runtime, options: RecordOptions) {
  const kills = new Set<() => void>();
  const killAll = () => {
    for (const kill of kills) kill();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    killAll();
    unlisten();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const unlisten = () => {
    process.off('exit', killAll);
    for (const signal of signals) process.off(signal, onSignal);
  };
  let listening = false;
  let runner: Runner | null = null;
  let temporary: string | null = null;

  const folder = async () => {
    const given = options.runtimeDirectory ?? options.cacheDirectory;
    if (given !== null) return given;
    temporary ??= await mkdtemp(join(tmpdir(), 'loopreel-'));
    return temporary;
  };
  const onStart = (kill: () => void) => {
    if (!listening) {
      listening = true;
      process.on('exit', killAll);
      for (const signal of signals) process.on(signal, onSignal);
    }
    kills.add(kill);
  };
  const begin = async () => {
    const directory = await folder();
    const start = (snapshot: Snapshot | null) =>
      startRunner(runtime, snapshot, {
        keep: (image) => keepSnapshot(directory, runtime, image),
        onStart,
      });
    const snapshot = await findSnapshot(directory, runtime);
    try {
      return await start(snapshot);
    } catch (error) {
      if (!(error instanceof SnapshotError && snapshot)) throw error;
      await rm(snapshot.path, { force: true });
      return await start(null);
    }
  };
  return {
    onStart,
    runner: async () => {
      if (runner?.alive()) return runner;
      kills.clear();
      runner = await begin();
      options.onWalls?.(runner.walls);
      return runner;
    },
    close: async () => {
      killAll();
      unlisten();
      if (temporary !== null) await rm(temporary, { recursive: true, force: true });
    },
  };
}
