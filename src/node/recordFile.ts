import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NetworkRule } from '../notes/network.ts';
import type { Block } from '../notes/note.ts';
import { readNote } from '../notes/read.ts';
import type { Trace } from '../trace/events.ts';
import { type PerfettoClock, perfetto } from '../trace/perfetto.ts';
import { readTrace, TraceError } from '../trace/read.ts';
import { type Effects, wallReport } from './effects.ts';
import { hasCode, UsageError, UserError } from './errors.ts';
import { readIncludes } from './includes.ts';
import { readNotes } from './inputs.ts';
import type { ClockName, EngineName } from './record/engine.ts';
import { type BlockRecording, type Limits, recordNotes } from './record/record.ts';

/** What `loopreel record` takes. */
export interface RecordFileOptions {
  /** A program (`.py`) or a note (`.md`). */
  readonly file: string;
  /** Which block of a note; may be left out when the note has only one. */
  readonly block?: string | undefined;
  /** What the program finds in `sys.argv` behind its name. */
  readonly arguments?: readonly string[];
  /** JSON Lines as recorded (the default), or Chrome Trace Event JSON. */
  readonly format?: 'jsonl' | 'perfetto';
  readonly perfettoClock?: PerfettoClock;
  readonly engine?: EngineName | undefined;
  readonly clock?: ClockName | undefined;
  readonly allowCPython?: boolean | undefined;
  /** Tells which walls stand around Python. */
  readonly debug?: boolean | undefined;
  readonly limits?: Partial<Limits>;
  readonly cacheDirectory: string | null;
  readonly runtimeDirectory: string;
}

/**
 * Records a program, or one block of a note.
 *
 * @returns The trace in the wanted format, and whether a limit cut it short.
 * @throws {UserError} When there is nothing to record, or it could not be run: with file, line and reason.
 * @throws {UsageError} When the options do not fit together.
 */
export async function recordFile(
  options: RecordFileOptions,
  effects: Effects,
): Promise<{ readonly text: string; readonly failed: boolean }> {
  const { blocks, network, engine } = await readSource(options, effects);
  const target = chooseBlock(blocks, options);
  const file = target.file ?? options.file;
  if (options.clock === 'wall' && (options.engine ?? target.meta.engine ?? engine) !== 'cpython') {
    throw new UsageError('the sandbox has no real clock; give --engine cpython with --clock wall');
  }
  const isProgram = /\.py$/i.test(options.file);
  const recordings = await recordNotes([{ file: options.file, blocks, network, engine }], {
    cacheDirectory: options.cacheDirectory,
    runtimeDirectory: options.runtimeDirectory,
    limits: options.limits ?? {},
    engine: options.engine,
    clock: options.clock,
    allowCPython: options.allowCPython,
    onWalls: wallReport(options.debug, effects),
    arguments: options.arguments,
    folder: isProgram ? process.cwd() : dirname(options.file),
    only: (_file, id) => id === target.id,
  });
  const recording = recordings.get(options.file)?.find(({ id }) => id === target.id);
  if (recording?.trace === undefined) {
    throw new UserError(refusal(file, target.line, recording) + (await besideIt(file, recording)));
  }
  if (recording.status === 'stopped') {
    effects.problem(`${file}:${recording.error?.line ?? target.line + 1}: stopped: ${recording.reason}`);
  }
  const { trace } = recording;
  const text =
    options.format === 'perfetto'
      ? `${JSON.stringify(perfetto(openTrace(trace, options.file), options.perfettoClock))}\n`
      : trace;
  return { text, failed: recording.status === 'stopped' };
}

type SourceBlock = Pick<Block, 'id' | 'line' | 'code' | 'meta' | 'file'>;

interface Source {
  readonly blocks: readonly SourceBlock[];
  readonly network: readonly NetworkRule[];
  readonly engine?: EngineName | undefined;
}

async function readSource({ file }: RecordFileOptions, effects: Effects): Promise<Source> {
  if (/\.py$/i.test(file)) {
    const code = await readFile(file, 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) throw new UserError(`\`${file}\` does not exist; name a program (.py)`);
      if (hasCode(error, 'EISDIR')) throw new UserError(`\`${file}\` is a folder; name a program (.py)`);
      if (hasCode(error, 'EACCES', 'EPERM')) throw new UserError(`\`${file}\` cannot be read; change its rights`);
      throw error;
    });
    // A program's first line is line 1: its fence would stand on line 0.
    return { blocks: [{ id: 'b1', line: 0, code: code.replaceAll('\r\n', '\n'), meta: {} }], network: [] };
  }
  if (!/\.(md|markdown)$/i.test(file)) {
    throw new UserError(`\`${file}\` cannot be recorded; expected a program (.py) or a note (.md)`);
  }
  const { notes, problems } = await readNotes([file]);
  const [note] = notes;
  if (!note) throw problems[0] ?? new UserError(`\`${file}\` cannot be read`);
  const { blocks, frontMatter, messages } = await readIncludes(readNote(note.text, note.path));
  effects.messages(
    note.path,
    messages.filter(({ ruleId }) => ruleId === 'include'),
  );
  return { blocks, network: frontMatter.network ?? [], engine: frontMatter.engine };
}

/** A block that gets past the recorder may forge its trace: then it is the program's fault, not ours. */
function openTrace(trace: string, file: string): Trace {
  try {
    return readTrace(trace, file);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    throw new UserError(
      `\`${file}\` broke its own recording (${error.message}); look for what changes the interpreter`,
    );
  }
}

function chooseBlock(blocks: readonly SourceBlock[], { file, block }: RecordFileOptions): SourceBlock {
  const known = blocks
    .map(({ id, line, file: included }) => `${id} (${included ? `${included}, ` : ''}line ${line})`)
    .join(', ');
  if (blocks.length === 0) throw new UserError(`\`${file}\` has no Python block`);
  if (block === undefined) {
    const [only, ...others] = blocks;
    if (only && others.length === 0) return only;
    throw new UsageError(`\`${file}\` has ${blocks.length} blocks; name one with --block: ${known}`);
  }
  const found = blocks.find(({ id }) => id === block);
  if (!found) throw new UsageError(`\`${file}\` has no block \`${block}\`; it has ${known}`);
  return found;
}

function refusal(file: string, line: number, recording: BlockRecording | undefined): string {
  const place = `${file}:${recording?.error?.line ?? line + 1}`;
  return `${place}: not run: ${recording?.reason ?? recording?.error?.text ?? 'it gave no trace'}`;
}

/** What to do when a program wants another file of its folder, which the sandbox does not see. */
async function besideIt(file: string, recording: BlockRecording | undefined): Promise<string> {
  const name = /^needs the package `(\w+)`/.exec(recording?.reason ?? '')?.[1];
  if (name === undefined) return '';
  const names: readonly string[] = await readdir(dirname(file)).catch(() => []);
  if (!names.includes(name) && !names.includes(`${name}.py`)) return '';
  return `; \`${name}\` stands beside it, where only your own Python sees it: add --engine cpython --allow-cpython`;
}
