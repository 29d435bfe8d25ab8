import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode, UserError } from '../errors.ts';
import { madeIn } from '../output.ts';
import { type Environment, readManifest } from './environment.ts';

/** The pictures that a deck is held against. */
export interface Baselines {
  /** Folder of the baselines of several decks. */
  readonly root: string;
  /** Names of the pictures that were made, `<slide>.<step>`. */
  readonly names: ReadonlySet<string>;
  /** What they were made with; `none` where there is no manifest, `damaged` where it cannot be read. */
  readonly environment: Environment | 'none' | 'damaged';
  /** A picture's file; undefined when it is not there. */
  read(name: string): Promise<Buffer | undefined>;
}

/** Name of the file that says what a deck's pictures were made with. */
export const manifestName = 'manifest.json';

/** Where a note's pictures lie: a folder `snapshots` beside it, unless the user names another. */
export function baselineRoot(note: string, given: string | undefined): string {
  return given ?? join(dirname(note), 'snapshots');
}

/** Looks up the baselines of a deck; there need not be any. */
export async function openBaselines(root: string, deck: string): Promise<Baselines> {
  const read = (name: string) =>
    readFile(join(root, deck, name)).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      if (!hasCode(error, 'EACCES', 'EPERM', 'EISDIR')) throw error;
      throw new UserError(`baseline \`${join(root, deck, name)}\` cannot be read; change its rights or remove it`);
    });
  const manifest = await read(manifestName);
  return {
    root,
    names: (await picturesIn(root)).get(deck) ?? new Set(),
    environment: manifest === undefined ? 'none' : (readManifest(manifest.toString('utf8')) ?? 'damaged'),
    read: (name) => read(`${name}.png`),
  };
}

/** Decks that have baselines beside where their notes were, and have no note any more. */
export async function orphans(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const deck of (await picturesIn(root)).keys()) {
    const notes = ['md', 'markdown', 'MD'].map((ending) => stat(join(dirname(root), `${deck}.${ending}`)));
    const there = await Promise.any(notes).catch(() => undefined);
    if (!there) found.push(deck);
  }
  return found;
}

/** Names of the pictures that were made in a folder of baselines, by deck. */
async function picturesIn(root: string): Promise<Map<string, Set<string>>> {
  const decks = new Map<string, Set<string>>();
  for (const path of await madeIn(root)) {
    const [, deck = '', name = ''] = /^([^/]+)\/([^/]+\.\d+)\.png$/.exec(path) ?? [];
    if (name !== '') decks.set(deck, (decks.get(deck) ?? new Set()).add(name));
  }
  return decks;
}
