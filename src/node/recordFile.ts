import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NetworkRule } from '../notes/network.ts';
import { readNote } from '../notes/read.ts';
import type { Effects } from './effects.ts';
import { hasCode, UsageError, UserError } from './errors.ts';
import { readNotes } from './inputs.ts';
import { type BlockRecording, recordNotes } from './record/record.ts';

/** What `loopreel record` takes. */
export interface RecordFileOptions {
  /** A program (`.py`) or a note (`.md`). */
  readonly file: string;
  /** Which block of a note; may be left out when the note has only one. */
  readonly block?: string | undefined;
  readonly cacheDirectory: string | null;
  readonly runtimeDirectory: string;
}

/**
 * Records a program, or one block of a note.
 *
 * @returns The trace as JSON Lines, and whether a limit cut it short.
 * @throws {UserError} When there is nothing to record, or it could not be run: with file, line and reason.
 */
export async function recordFile(
  options: RecordFileOptions,
  effects: Effects,
): Promise<{ readonly trace: string; readonly failed: boolean }> {
  const { blocks, network } = await readSource(options);
  const target = chooseBlock(blocks, options);
  const recordings = await recordNotes([{ file: basename(options.file), blocks, network }], {
    cacheDirectory: options.cacheDirectory,
    runtimeDirectory: options.runtimeDirectory,
    only: (_file, id) => id === target.id,
  });
  const recording = recordings.get(basename(options.file))?.find(({ id }) => id === target.id);
  if (recording?.trace === undefined) throw new UserError(refusal(options.file, target.line, recording));
  if (recording.status === 'stopped') {
    effects.problem(`${options.file}:${recording.error?.line ?? target.line + 1}: stopped: ${recording.reason}`);
  }
  return { trace: recording.trace, failed: recording.status === 'stopped' };
}

type SourceBlock = { readonly id: string; readonly line: number; readonly code: string; readonly meta: object };

interface Source {
  readonly blocks: readonly SourceBlock[];
  readonly network: readonly NetworkRule[];
}

async function readSource({ file }: RecordFileOptions): Promise<Source> {
  if (/\.py$/i.test(file)) {
    const code = await readFile(file, 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'EISDIR')) throw new UserError(`\`${file}\` does not exist; name a program (.py)`);
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
  const { blocks, frontMatter } = readNote(note.text, note.path);
  return { blocks, network: frontMatter.network ?? [] };
}

function chooseBlock(blocks: readonly SourceBlock[], { file, block }: RecordFileOptions): SourceBlock {
  const known = blocks.map(({ id, line }) => `${id} (line ${line})`).join(', ');
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
