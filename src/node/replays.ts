import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplayData, Still } from '../replay/data.ts';
import type { Storyboard } from '../replay/storyboard.ts';
import { writeWhole } from './record/cache.ts';
import { packageRoot } from './root.ts';

/** The pictures of one replay's key steps. */
export interface Pictures {
  /** For slides. */
  readonly stills: readonly Still[];
  /** The same for paper; absent where no handout is made. */
  readonly storyboard?: Storyboard;
  /** What the page's own player needs (`PageData`), as JSON. */
  readonly replayJson: string;
}

/** Draws replays; loads what draws only when a picture is not in the cache. */
export interface PictureMaker {
  make(data: ReplayData): Promise<Pictures>;
}

/**
 * Makes a drawer of replays with a cache by content: the replay's data and the code that draws it.
 *
 * @param cacheDirectory Where drawn pictures are kept; null draws anew.
 * @param handout Whether to draw the pictures that only a handout shows.
 */
export function pictureMaker(cacheDirectory: string | null, handout: boolean): PictureMaker {
  let version: Promise<string> | undefined;

  /** What `draw` gives, from the cache where it is there. */
  const cached = async <Drawn>(kind: string, data: ReplayData, draw: () => Promise<Drawn>): Promise<Drawn> => {
    if (cacheDirectory === null) return draw();
    version ??= drawingVersion();
    const key = createHash('sha256')
      .update(await version)
      .update(JSON.stringify(data))
      .digest('hex');
    const file = join(cacheDirectory, 'pictures', `${key}-${kind}.json`);
    const kept = await readFile(file, 'utf8').then(parse<Drawn>, () => undefined);
    if (kept !== undefined) return kept;
    const drawn = await draw();
    await writeWhole(file, JSON.stringify(drawn));
    return drawn;
  };

  return {
    async make(data) {
      const drawer = onDemand(data);
      const stills = await cached('stills', data, async () => (await drawer()).stills());
      const replayJson = await cached('page', data, async () => (await drawer()).replayJson());
      if (!handout) return { stills, replayJson };
      return {
        stills,
        replayJson,
        storyboard: await cached('storyboard', data, async () => (await drawer()).storyboard()),
      };
    },
  };
}

/** A damaged entry counts as absent. */
function parse<Drawn>(text: string): Drawn | undefined {
  try {
    return JSON.parse(text) as Drawn;
  } catch {
    return undefined;
  }
}

/** What draws is loaded, and a recording opened, only when there is something to draw: a warm build has nothing. */
function onDemand(data: ReplayData) {
  let opened: Promise<{ stills(): readonly Still[]; replayJson(): string; storyboard(): Storyboard }> | undefined;
  const open = async () => {
    const [{ openReplay, pageDataOf }, { makeStills }, { makeStoryboard }] = await Promise.all([
      import('../replay/replay.ts'),
      import('../replay/stills.ts'),
      import('../replay/storyboard.ts'),
    ]);
    const replay = openReplay(data);
    return {
      replayJson: () => JSON.stringify(pageDataOf(replay)),
      stills: () => makeStills(replay),
      storyboard: () => makeStoryboard(replay),
    };
  };
  return () => {
    opened ??= open();
    return opened;
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
