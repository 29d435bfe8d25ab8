import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { VFileMessage } from 'vfile-message';
import type { Note } from '../../notes/note.ts';
import type { Effects } from '../effects.ts';
import { hasCode, UserError } from '../errors.ts';
import { noteProblem } from '../problems.ts';
import { packageRoot } from '../root.ts';
import { isStructure } from '../stylesheets.ts';
import { readTheme, type Theme } from './read.ts';

/** The theme of a note that names none. */
const defaultTheme = 'quiet';

/** Longest theme file that is read, in bytes: pictures stand in it. */
const longest = 2_000_000;

/** Gives each note its theme; a theme is read, and what is wrong with it told, once. */
export interface ThemeChooser {
  /** The theme of pages that belong to no note, and of notes that name none. */
  readonly site: Theme;
  of(note: Note): Promise<{ readonly theme?: Theme; readonly messages: readonly VFileMessage[] }>;
}

/**
 * Reads the themes of a run.
 *
 * @param given What `--theme` says: a name, or a file's path from the working directory; it goes before front matter.
 * @throws {UserError} When there is no such theme or file, or when it is broken; what is wrong in it has been told.
 */
export async function themeChooser(given: string | undefined, effects: Effects): Promise<ThemeChooser> {
  const read = new Map<string, Promise<Theme | undefined>>();
  const names = await themeNames();
  const load = (path: string) => {
    const known = read.get(path) ?? loadTheme(path, effects);
    read.set(path, known);
    return known;
  };
  const ofName = (name: string) => join(packageRoot, 'themes', `${name}.css`);
  if (given !== undefined && !isFile(given) && !names.includes(given))
    throw new UserError(`unknown theme \`${given}\`; use one of ${names.join(', ')}, or the path of a .css file`);
  const path = given !== undefined && isFile(given) ? given : ofName(given ?? defaultTheme);
  const site = await load(path);
  if (!site) throw new UserError(`the theme \`${path}\` cannot be used; correct what is told above`);
  return {
    site,
    async of(note) {
      const theme = note.frontMatter.theme;
      if (given !== undefined || theme === undefined) return { theme: site, messages: [] };
      if (isFile(theme)) return fromFile(note, join(dirname(note.path), theme), load);
      const messages = unknownTheme(note, names);
      const found = messages.length > 0 ? undefined : await load(ofName(theme));
      return { ...(found ? { theme: found } : {}), messages };
    },
  };
}

/** Tells of a theme that there is not, at its line in the note. Files are only looked at when a deck is made. */
function unknownTheme(note: Note, names: readonly string[]): VFileMessage[] {
  const theme = note.frontMatter.theme;
  if (theme === undefined || isFile(theme) || names.includes(theme)) return [];
  return [atTheme(note, `unknown theme \`${theme}\``, `Use one of ${names.join(', ')}, or the path of a .css file.`)];
}

/** Names of the themes that come along: the sheets that are no page's structure. */
async function themeNames(): Promise<string[]> {
  const sheets = (await readdir(join(packageRoot, 'themes'))).filter((name) => name.endsWith('.css'));
  return sheets.map((name) => name.slice(0, -'.css'.length)).filter((name) => !isStructure(name));
}

function isFile(theme: string): boolean {
  return /\.css$/i.test(theme);
}

async function fromFile(note: Note, path: string, load: (path: string) => Promise<Theme | undefined>) {
  try {
    const theme = await load(path);
    if (theme) return { theme, messages: [] };
    const reason = `the theme \`${path}\` cannot be used`;
    return { messages: [atTheme(note, reason, 'Correct the theme, or remove the line.')] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { messages: [atTheme(note, error.message, 'The path starts at the note’s folder.')] };
  }
}

async function loadTheme(path: string, effects: Effects): Promise<Theme | undefined> {
  const data = await readFile(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) throw new UserError(`there is no theme \`${path}\``);
    if (hasCode(error, 'EACCES', 'EPERM'))
      throw new UserError(`the theme \`${path}\` may not be read; change its permissions`);
    if (hasCode(error, 'EISDIR')) throw new UserError(`the theme \`${path}\` is a folder; expected a .css file`);
    throw error;
  });
  if (data.length > longest)
    throw new UserError(`the theme \`${path}\` has ${data.length} bytes; ${longest} is the most that a theme may have`);
  const source = textOf(data);
  if (source === undefined) throw new UserError(`the theme \`${path}\` is not a text in UTF-8`);
  const { theme, messages } = readTheme(source, basename(path).replace(/\.css$/i, ''));
  effects.messages(path, messages);
  return theme;
}

function textOf(data: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
    return text.includes('\0') ? undefined : text.replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

function atTheme(note: Note, reason: string, fix: string): VFileMessage {
  const line = note.source.split('\n').findIndex((text) => /^theme\s*:/.test(text)) + 1;
  return noteProblem(reason, { line: Math.max(1, line), column: 1 }, 'front-matter', fix);
}
