import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRecording } from './answer.ts';
import type { BlockRecording } from './record.ts';

/**
 * Where recordings and the runtime's own files are kept between runs.
 *
 * @param root Folder of the project that is being built.
 * @returns `node_modules/.cache/loopreel` when `root` has a `node_modules`, else `loopreel` in the user's cache folder.
 */
export function cacheDirectory(root: string): string {
  if (existsSync(join(root, 'node_modules'))) return join(root, 'node_modules', '.cache', 'loopreel');
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'loopreel', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'loopreel');
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'loopreel');
}

/** Hex SHA-256 of values as JSON: the same values give the same key on every machine. */
export function contentKey(...values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/**
 * Reads the recordings of one note.
 *
 * @returns null when there are none, or when the file is damaged in any way.
 */
export async function readEntry(directory: string, key: string): Promise<readonly BlockRecording[] | null> {
  try {
    const { sum, blocks } = JSON.parse(await readFile(entryPath(directory, key), 'utf8'));
    if (!Array.isArray(blocks) || !blocks.every(isRecording) || sum !== contentKey(key, blocks)) return null;
    return blocks;
  } catch {
    return null;
  }
}

/** Keeps the recordings of one note. A folder that cannot be written is no error: the next run records again. */
export async function writeEntry(directory: string, key: string, blocks: readonly BlockRecording[]): Promise<void> {
  await writeWhole(entryPath(directory, key), JSON.stringify({ sum: contentKey(key, blocks), blocks }));
}

/**
 * Writes a file under a temporary name and renames it, so that nobody ever reads half of it.
 *
 * @returns Whether it could be written.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<boolean> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
    return false;
  }
}

function entryPath(directory: string, key: string): string {
  return join(directory, 'recordings', `${key}.json`);
}
