import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplayData, Still } from '../replay/data.ts';
import { packageRoot } from './root.ts';

/** Draws replays; opens its document only when a picture is not in the cache. */
export interface StillMaker {
  /** The key steps' pictures of one replay. */
  make(data: ReplayData): Promise<readonly Still[]>;
}

/**
 * Makes a drawer of stills with a cache by content: the replay's data and the code that draws it.
 *
 * @param cacheDirectory Where drawn pictures are kept; null draws anew.
 */
export function stillMaker(cacheDirectory: string | null): StillMaker {
  let version: Promise<string> | undefined;
  let drawer: Promise<(data: ReplayData) => readonly Still[]> | undefined;

  return {
    async make(data) {
      if (cacheDirectory === null) {
        drawer ??= loadDrawer();
        return (await drawer)(data);
      }
      version ??= drawingVersion();
      const key = createHash('sha256')
        .update(await version)
        .update(JSON.stringify(data))
        .digest('hex');
      const file = join(cacheDirectory, 'stills', `${key}.json`);
      const cached = await readFile(file, 'utf8').then(parseStills, () => undefined);
      if (cached) return cached;
      drawer ??= loadDrawer();
      const stills = (await drawer)(data);
      await mkdir(join(cacheDirectory, 'stills'), { recursive: true });
      await writeFile(`${file}.${process.pid}`, JSON.stringify(stills));
      await rename(`${file}.${process.pid}`, file);
      return stills;
    },
  };
}

/** A damaged entry counts as absent. */
function parseStills(text: string): readonly Still[] | undefined {
  try {
    return JSON.parse(text) as readonly Still[];
  } catch {
    return undefined;
  }
}

/** jsdom and D3 take longer to load than a warm build may last: only when there is something to draw. */
async function loadDrawer(): Promise<(data: ReplayData) => readonly Still[]> {
  const [{ JSDOM }, { openReplay }, { makeStills }] = await Promise.all([
    import('jsdom'),
    import('../replay/replay.ts'),
    import('../replay/stills.ts'),
  ]);
  const { document } = new JSDOM('<!doctype html>').window;
  return (data) => makeStills(document, openReplay(data));
}

/** A hash over every source that a picture depends on. */
async function drawingVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['replay', 'text', 'trace']) {
    const directory = join(packageRoot, 'src', folder);
    for (const name of (await readdir(directory)).sort())
      hash.update(name).update(await readFile(join(directory, name)));
  }
  return hash.digest('hex');
}
