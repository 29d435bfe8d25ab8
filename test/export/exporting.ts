import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder with one note, and the built command in it; removed behind the tests. */
export interface Exporting {
  readonly folder: string;
  run(...argv: string[]): SpawnSyncReturns<string>;
  /** A file below the folder. */
  read(path: string): Buffer;
  /** Paths of all files below a folder of it, sorted. */
  list(path: string): string[];
}

export function exporting(name: string, note: string): Exporting {
  const folder = mkdtempSync(join(tmpdir(), 'loopreel-export-'));
  writeFileSync(join(folder, `${name}.md`), note);
  afterAll(() => rmSync(folder, { recursive: true }));
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
  return {
    folder,
    run: (...argv) => spawnSync(process.execPath, [cli, ...argv], { cwd: folder, encoding: 'utf8' }),
    read: (path) => readFileSync(join(folder, path)),
    list: (path) =>
      readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, path).length + 1))
        .sort(),
  };
}
