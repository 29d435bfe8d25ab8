import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplayData, Still } from '../replay/data.ts';
import { writeWhole } from './record/cache.ts';
import { packageRoot } from './root.ts';

/** The pictures of one replay's key steps. */
export interface Pictures {
  /** For slides. */
  readonly stills: readonly Still[];
  /** The same in one column, for paper. */
  readonly frames: readonly string[];
}

/** Draws replays; loads what draws only when a picture is not in the cache. */
export interface PictureMaker {
  make(data: ReplayData): Promise<Pictures>;
}

/**
 * Makes a drawer of replays with a cache by content: the replay's data and the code that draws it.
 *
 * @param cacheDirectory Where drawn pictures are kept; null draws anew.
 */
export function pictureMaker(cacheDirectory: string | null): PictureMaker {
  let version: Promise<string> | undefined;
  let drawer: Promise<(data: ReplayData) => Pictures> | undefined;

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
      const file = join(cacheDirectory, 'pictures', `${key}.json`);
      const cached = await readFile(file, 'utf8').then(parsePictures, () => undefined);
      if (cached) return cached;
      drawer ??= loadDrawer();
      const pictures = (await drawer)(data);
      await writeWhole(file, JSON.stringify(pictures));
      return pictures;
    },
  };
}

/** A damaged entry counts as absent. */
function parsePictures(text: string): Pictures | undefined {
  try {
    return JSON.parse(text) as Pictures;
  } catch {
    return undefined;
  }
}

/** What draws is loaded only when there is something to draw: a warm build has nothing. */
async function loadDrawer(): Promise<(data: ReplayData) => Pictures> {
  const [{ openReplay }, { makeStills }, { makeFrames }] = await Promise.all([
    import('../replay/replay.ts'),
    import('../replay/stills.ts'),
    import('../replay/frames.ts'),
  ]);
  return (data) => {
    const replay = openReplay(data);
    return { stills: makeStills(replay), frames: makeFrames(replay) };
  };
}

/** A hash over every source that a picture depends on. */
async function drawingVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['replay', 'text', 'trace']) {
    const directory = join(packageRoot, 'src', folder);
    const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
    for (const name of names) hash.update(name).update(await readFile(join(directory, name)));
  }
  return hash.digest('hex');
}
