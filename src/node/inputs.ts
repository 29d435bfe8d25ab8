import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hasCode, UserError } from './errors.ts';

/** A note's text as it stands on disk. */
export interface NoteFile {
  /** Path as the user gave it, or below the folder that the user gave. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Bytes that a note may have: ten times the longest lecture, and still laid out within a minute. */
export const mostBytes = 2_000_000;

/**
 * Reads the notes that a command line names.
 *
 * @param paths Markdown files and folders; a folder stands for every `.md` in it and below, in order of name, without
 * hidden folders and `node_modules`.
 * @param names Whether two notes of one name, which would become one deck, are a fault.
 * @returns The notes and, for each path that cannot be read, a message; so that the other notes still build.
 */
export async function readNotes(
  paths: readonly string[],
  names: 'unique' | 'any' = 'unique',
): Promise<{ readonly notes: readonly NoteFile[]; readonly problems: readonly UserError[] }> {
  const notes = new Map<string, NoteFile>();
  const problems: UserError[] = [];
  for (const given of paths) {
    const paths = await expand(given).catch((error: unknown) => {
      problems.push(inputError(given, error));
      return [];
    });
    for (const path of paths) {
      const name = basename(path).replace(/\.(md|markdown)$/i, '');
      const other = notes.get(names === 'unique' ? name : path);
      if (other?.path === path) continue;
      try {
        if (other) {
          throw new UserError(`\`${path}\` and \`${other.path}\` would both become the deck \`${name}\`; rename one`);
        }
        notes.set(names === 'unique' ? name : path, { path, name, text: await readText(path) });
      } catch (error) {
        problems.push(inputError(path, error));
      }
    }
  }
  return { notes: [...notes.values()], problems };
}

async function expand(path: string): Promise<string[]> {
  const found = await stat(path);
  if (!found.isDirectory()) {
    if (!/\.(md|markdown)$/i.test(path)) {
      throw new UserError(`\`${path}\` is not a note; expected a folder or a file that ends in \`.md\``);
    }
    return [path];
  }
  const inside: string[] = [];
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
      inside.push(...(await filesBelow(child)));
    } else if (entry.isFile() && /\.(md|markdown)$/i.test(entry.name)) inside.push(child);
  }
  if (inside.length === 0) throw new UserError(`folder \`${path}\` holds no note; expected files that end in \`.md\``);
  return inside;
}

/** Like `expand` for a folder inside the given one, where having no note is no fault. */
async function filesBelow(path: string): Promise<string[]> {
  return expand(path).catch((error: unknown) => {
    if (error instanceof UserError) return [];
    throw error;
  });
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > mostBytes) {
    const megabytes = (size / 1e6).toFixed(1);
    throw new UserError(`\`${path}\` has ${megabytes} MB, more than the ${mostBytes / 1e6} MB of a note; split it`);
  }
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`\`${path}\` is not UTF-8 text; save it as UTF-8`);
  }
}

function inputError(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (hasCode(error, 'ENOENT')) return new UserError(`\`${path}\` does not exist; name a note (.md) or a folder`);
  if (hasCode(error, 'EACCES', 'EPERM')) return new UserError(`\`${path}\` cannot be read; change its rights`);
  throw error;
}
