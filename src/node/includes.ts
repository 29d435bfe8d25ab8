import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { VFileMessage } from 'vfile-message';
import { type Include, type Included, includesOf, withIncluded } from '../notes/include.ts';
import type { Note } from '../notes/note.ts';
import { readNote } from '../notes/read.ts';
import { hasCode } from './errors.ts';
import { isInside } from './images.ts';
import { mostBytes } from './inputs.ts';
import { noteProblem } from './problems.ts';

/** Notes that one note may take in, all of theirs counted: a few that include each other twice would be millions. */
const most = 200;

/** What is known on the way down. */
interface Descent {
  /** Folders that an included note may lie in. */
  readonly roots: readonly string[];
  /** Real paths of the notes that are being read, the outermost first, each with the name it was called by. */
  readonly chain: ReadonlyMap<string, string>;
  /** What has been read so far, wherever it stands. */
  readonly total: { notes: number; bytes: number };
}

/**
 * A note with the notes that it includes in their places. Like its pictures they lie in its folder, below it, or below
 * the folder that the command runs in. What cannot be included is told of at its line, and the deck is not made.
 */
export async function readIncludes(note: Note): Promise<Note> {
  if (includesOf(note.tree).length === 0) return note;
  const folder = await realpath(dirname(note.path));
  const chain = new Map([[await realpath(note.path), note.path]]);
  return taken(note, { roots: [folder, await realpath('.')], chain, total: { notes: 0, bytes: 0 } });
}

async function taken(note: Note, descent: Descent): Promise<Note> {
  const included = new Map<Include, Included>();
  const problems: VFileMessage[] = [];
  for (const include of includesOf(note.tree)) {
    const src = include.attributes?.src;
    const found = src ? await open(note, src, descent) : 'names no note';
    if (typeof found !== 'string') included.set(include, found);
    else {
      const reason = src ? `\`::include\` of \`${src}\`: ${found}` : `\`::include\` ${found}`;
      const place = include.position && { ...include.position, file: note.path };
      problems.push(
        noteProblem(
          reason,
          place,
          'include',
          'Write `::include{src=./other.md}` with the path of a note beside this one.',
        ),
      );
    }
  }
  const whole = withIncluded(note, included);
  return { ...whole, messages: [...whole.messages, ...problems] };
}

/** The note that is asked for, or why there is none. */
async function open(note: Note, src: string, descent: Descent): Promise<Included | string> {
  const path = join(dirname(note.path), src);
  try {
    if (!/\.(?:md|markdown)$/i.test(src)) return 'it is no note (`.md`)';
    const real = await realpath(resolve(dirname(note.path), src));
    if (!descent.roots.some((root) => isInside(root, real))) return "it lies outside of the notes' folder";
    if (descent.chain.has(real)) return `it includes itself (${[...descent.chain.values(), path].join(' → ')})`;
    if (++descent.total.notes > most) return `more than ${most} notes in one`;
    descent.total.bytes += (await stat(real)).size;
    if (descent.total.bytes > mostBytes) return `more than ${mostBytes / 1e6} MB in one note`;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(real));
    const chain = new Map([...descent.chain, [real, path]]);
    const inner = await taken(readNote(text, path), { ...descent, chain });
    return { note: inner, folder: relative(dirname(note.path), dirname(path)).split(sep).join('/') };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return 'there is no such file';
    if (hasCode(error, 'EACCES', 'EPERM', 'EISDIR')) return 'it cannot be read';
    if (error instanceof TypeError) return 'it is not UTF-8 text';
    throw error;
  }
}
