import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { cacheDirectory } from '../record/cache.ts';
import type { terminal } from '../terminal.ts';

export type Effects = ReturnType<typeof terminal>;
/** Does a command's work; true when something was wrong. */
export type Action = (effects: Effects) => Promise<boolean>;
/** Runs a command's work, and keeps whether something was wrong. */
export type Perform = (action: Action) => Promise<void>;

/** What commands that make or check decks take. */
export interface SharedOptions {
  readonly out: string;
  readonly cache: boolean;
  readonly allowCpython?: true;
  readonly debug?: true;
  readonly browser?: string;
  readonly theme?: string;
}

/** Options that several commands take, each said once. */
export const shared = {
  out: () => new Option('-o, --out <dir>', 'folder to write to').default('out'),
  noCache: () => new Option('--no-cache', 'record and draw anew'),
  theme: () => new Option('--theme <theme>', 'name of a theme, or a .css file of your own; goes before front matter'),
  debug: () => new Option('--debug', 'show stacks of errors, and which walls stand around Python'),
  browser: () => new Option('--browser <path>', 'Chrome or Chromium to use'),
  /** Lets blocks run in the system's Python; what every command that records takes. */
  allowCPython: () =>
    new Option('--allow-cpython', 'let blocks that ask for it run in your own Python, outside of the sandbox'),
} as const;

/** Adds the notes that a command works on. */
export function takesNotes(command: Command): Command {
  return command.argument(
    '[note...]',
    'notes (.md) and folders of notes; default: slides/ or the notes in this folder',
  );
}

/** What a command works on and where it keeps what it has made before. */
export async function inputs(paths: readonly string[], options: Omit<SharedOptions, 'out'>) {
  return {
    paths: paths.length > 0 ? paths : await defaultPaths(),
    allowCPython: options.allowCpython,
    debug: options.debug,
    theme: options.theme,
    ...caches(options.cache),
  };
}

/** Without a cache everything is recorded and drawn anew, but Python's own image and the browser still come from it. */
export function caches(cached: boolean) {
  const runtimeDirectory = cacheDirectory(process.cwd());
  return { cacheDirectory: cached ? runtimeDirectory : null, runtimeDirectory };
}

/** The notes of `slides/` where there is such a folder, else those of the current folder. */
async function defaultPaths(): Promise<string[]> {
  const slides = await stat('slides').catch(() => undefined);
  return [slides?.isDirectory() ? 'slides' : '.'];
}
