import { readFile } from 'node:fs/promises';
import { corrected } from '../check/edit.ts';
import type { CheckedNote } from './check.ts';
import { unified } from './checkReport.ts';
import { UserError } from './errors.ts';
import { writeNamed } from './output.ts';

/** A note with what its blocks really print, not yet written. */
export interface Correction {
  readonly path: string;
  /** How many claims it corrects. */
  readonly claims: number;
  /** The change as a unified diff. */
  readonly diff: string;
  /** Writes the file, whole or not at all. */
  readonly write: () => Promise<void>;
}

/**
 * What `--fix` would change in a note.
 *
 * @returns Undefined where nothing can be corrected.
 * @throws {UserError} From `write`, when the file is not as it was when it was checked.
 */
export async function correction(note: CheckedNote): Promise<Correction | undefined> {
  const before = await readRaw(note.file);
  if (before.replace(/^\uFEFF/, '') !== note.text) throw changed(note.file);
  const { text, written } = corrected(before, note.verdicts);
  if (text === before) return undefined;
  return {
    path: note.file,
    claims: written.length,
    diff: unified(note.file, note.file, before.replace(/\r\n?/g, '\n'), text.replace(/\r\n?/g, '\n')).join('\n'),
    write: async () => {
      if ((await readRaw(note.file)) !== before) throw changed(note.file);
      await writeNamed(note.file, text);
    },
  };
}

/** The file's text with its byte order mark. */
async function readRaw(path: string): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(path));
}

function changed(path: string): UserError {
  return new UserError(`\`${path}\` was changed meanwhile; run check again`);
}
