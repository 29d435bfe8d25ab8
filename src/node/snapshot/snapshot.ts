import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { alonePage } from '../alonePage.ts';
import { launchBrowser } from '../chromium.ts';
import type { Effects } from '../effects.ts';
import { UserError } from '../errors.ts';
import { type Output, openOutput } from '../output.ts';
import { type PreparedDecks, type PrepareOptions, prepare } from '../prepare.ts';
import { type Baselines, baselineRoot, manifestName, openBaselines } from './baselines.ts';
import { type ChosenDeck, chooseSlides } from './choice.ts';
import type { Limits } from './compare.ts';
import { compareDeck, slideOf } from './compareDeck.ts';
import { differences, type Environment, environmentOf, steadyFlags, writeManifest } from './environment.ts';
import { type Finding, sentence } from './finding.ts';
import { goneFrom } from './gone.ts';
import { writeReport } from './report.ts';
import type { Shard } from './shard.ts';

/** What `loopreel snapshot` takes. */
export interface SnapshotOptions extends Omit<PrepareOptions, 'limits'> {
  /** Folder of the report. */
  readonly out: string;
  /** Folder of all baselines; by default one beside each note. */
  readonly baselines?: string | undefined;
  /** Whether baselines are made anew where pictures differ. */
  readonly update: boolean;
  /** Only these slides, as `chooseSlides` takes them; all when empty. */
  readonly slides: readonly string[];
  readonly shard?: Shard | undefined;
  /** How much pictures may differ. */
  readonly limits: Limits;
  /** Goes before what notes say; light where neither says it. */
  readonly scheme?: 'light' | 'dark' | undefined;
  readonly browser?: string | undefined;
  /** What each picture may take; 30 by default. */
  readonly seconds?: number;
}

/**
 * Holds each slide of decks, at each step, against the picture that it made before.
 *
 * @returns Whether something differs, or could not be compared.
 * @throws {UserError} When there is no browser, it stops in the middle, or files cannot be written; baselines are then
 * as they were.
 */
export async function snapshot(options: SnapshotOptions, effects: Effects): Promise<boolean> {
  // 1. Decks, as `build` makes them, and what of them is photographed here.
  const { limits: _, ...prepareOptions } = options;
  const prepared = await prepare(prepareOptions, effects);
  const chosen = chooseSlides(prepared.decks, options.slides, options.shard);

  // 2. Their pictures beside the baselines. New ones are laid ready, in a folder of their own.
  const albums = new Map<string, Output>();
  try {
    const compared = await compareDecks(chosen, prepared, options, albums, effects);

    // 3. Baselines that nothing makes any more: a choice of slides says nothing of them, and one share tells of them.
    const whole = options.slides.length === 0 && (options.shard?.number ?? 1) === 1;
    const gone = whole ? await goneFrom(prepared.decks, options.baselines) : [];
    const findings = [...compared.findings, ...gone];

    // 4. Everything moves to its place; or the report tells what differs.
    if (options.update) {
      await store(albums, findings);
      for (const { root, deck, name, kind } of findings)
        if (kind !== 'restless')
          effects.print(`${kind === 'removed' ? 'removed' : 'written'}  ${root}/${deck}/${name}.png`);
    }
    const open = options.update ? findings.filter(({ kind }) => kind === 'restless') : findings;
    for (const finding of open) effects.print(sentence(finding));
    const same =
      compared.pictures - compared.findings.filter(({ kind }) => kind !== 'removed' && kind !== 'restless').length;
    const summary = `${same} of ${compared.pictures} pictures are as their baselines`;
    const report = await writeReport(options.update ? [] : open, summary, options.out, prepared);
    if (compared.pictures > 0) effects.print(summary);
    if (report !== undefined) effects.print(join(options.out, report));
    return open.length > 0 || compared.failed;
  } finally {
    for (const album of albums.values()) await album.discard();
  }
}

/** What was compared, and whether something could not be. */
interface Compared {
  readonly findings: readonly Finding[];
  readonly pictures: number;
  readonly failed: boolean;
}

async function compareDecks(
  chosen: readonly ChosenDeck[],
  prepared: PreparedDecks,
  options: SnapshotOptions,
  albums: Map<string, Output>,
  effects: Effects,
): Promise<Compared> {
  const { scheme, theme, seconds = 30, update } = options;
  const findings: Finding[] = [];
  const unlike = new Map<string, string[]>();
  let [failed, pictures, slides, at] = [prepared.failed, 0, 0, ''];
  const total = chosen.reduce((sum, { ids }) => sum + ids.length, 0);
  const browser = await launchBrowser({
    executable: options.browser,
    cacheDirectory: options.runtimeDirectory,
    packaged: true,
    flags: steadyFlags,
  });
  try {
    const environment = await environmentOf(browser, prepared.faces, { theme, scheme: scheme ?? 'light' });
    for (const one of chosen) {
      const { deck, note } = one.prepared;
      at = deck.name;
      const root = baselineRoot(note.path, options.baselines);
      const baselines = await openBaselines(root, deck.name);
      const mismatch = mismatchOf(baselines, environment);
      if (mismatch !== undefined && !update) {
        unlike.set(mismatch, [...(unlike.get(mismatch) ?? []), `\`${join(root, deck.name)}\``]);
        continue;
      }
      // One folder's pictures are all of one kind.
      const left = [...baselines.names].find((name) => !one.ids.includes(slideOf(name)));
      if (mismatch !== undefined && left !== undefined && options.slides.length > 0)
        throw new UserError(
          `\`${join(root, deck.name, left)}.png\` would be left as it is, but its deck ${mismatch}; leave --slide away`,
        );
      const html = await alonePage(one.prepared, prepared, effects);
      if (html === undefined) {
        failed = true;
        continue;
      }
      const album = update ? await albumOf(root, albums) : undefined;
      const outcome = await compareDeck(browser, html, one, baselines, {
        limits: options.limits,
        exact: mismatch !== undefined,
        camera: { scheme: scheme ?? 'light', force: scheme !== undefined, seconds },
        ...(album ? { keep: (name, png) => album.add(`${deck.name}/${name}.png`, png) } : {}),
        onSlide(id) {
          at = `${deck.name}/${id}`;
          effects.progress('photograph', slides++, total);
        },
      });
      if (mismatch !== undefined) await album?.add(`${deck.name}/${manifestName}`, writeManifest(environment));
      findings.push(...outcome.findings);
      pictures += outcome.pictures;
    }
    effects.progress('photograph', total, total);
  } catch (error) {
    if (browser.connected || error instanceof UserError) throw error;
    throw new UserError(`the browser stopped at \`${at}\`; run again, or name another one with --browser`);
  } finally {
    await closed(browser);
  }
  for (const [mismatch, places] of unlike) {
    const named = places.length > 3 ? [...places.slice(0, 3), `${places.length - 3} others`] : places;
    effects.problem(`${named.join(', ')} ${mismatch}`);
  }
  return { findings, pictures, failed: failed || unlike.size > 0 };
}

/** Why pictures of this run cannot be held against baselines, with what to do; undefined when they can. */
function mismatchOf({ environment, names }: Baselines, here: Environment): string | undefined {
  const anew = 'make them with --update, look at them, and keep the folder with the notes';
  if (environment === 'none') return names.size === 0 ? `has no baselines; ${anew}` : `has no ${manifestName}; ${anew}`;
  if (environment === 'damaged') return `has a ${manifestName} that is damaged; restore it, or ${anew}`;
  const unlike = differences(environment, here);
  if (unlike.length === 0) return undefined;
  return `was made with ${unlike.join(', ')}: that alone changes pictures; use the same (\`npm ci\` brings the packaged browser, --browser names another), or ${anew}`;
}

async function albumOf(root: string, albums: Map<string, Output>): Promise<Output> {
  const album = albums.get(root) ?? (await openOutput(root, '--baselines'));
  albums.set(root, album);
  return album;
}

/** Puts what is laid ready into place, and takes away what nothing makes any more. */
async function store(albums: Map<string, Output>, findings: readonly Finding[]): Promise<void> {
  const removed = findings.filter(({ kind }) => kind === 'removed');
  for (const { root } of removed) await albumOf(root, albums);
  for (const [root, album] of albums) {
    const gone = new Set(removed.flatMap((one) => (one.root === root ? [`${one.deck}/${one.name}.png`] : [])));
    await album.commit((path) => gone.has(path));
  }
}

/** A browser that no longer answers is not waited for. */
async function closed(browser: Browser): Promise<void> {
  const end = browser.close().catch(() => undefined);
  const late = new Promise((resolve) => setTimeout(resolve, 5000).unref());
  await Promise.race([end, late]);
  browser.process()?.kill('SIGKILL');
}
