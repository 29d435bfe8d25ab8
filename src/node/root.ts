import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folder of this package: the nearest one above this file whose `package.json` is named `loopreel`. It is the same
 * whether the code runs from `src` or as the bundle in `dist`.
 */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(directory: string): string {
  const file = join(directory, 'package.json');
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'loopreel') return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('no `package.json` named `loopreel` above the program');
  return findRoot(parent);
}
