import type { Browser } from 'puppeteer-core';
import type { Handout } from '../../deck/handout/handout.ts';
import { launchBrowser } from '../chromium.ts';
import type { Effects } from '../effects.ts';
import { UserError } from '../errors.ts';
import { openOutput } from '../output.ts';
import { isExportOf } from '../places.ts';
import { type PreparedDecks, type PrepareOptions, prepare } from '../prepare.ts';
import { type ExportKind, exporters, printed, type Tools } from './kinds.ts';

/** Where exports go and what prints them. */
export interface ExportTarget {
  readonly out: string;
  readonly kinds: readonly ExportKind[];
  /** Whether pictures show every key step of a replay; default false. */
  readonly steps?: boolean;
  /** What handouts show; default four slides on a sheet of A4. */
  readonly handout?: Handout;
  /** Path of a browser; the one found or brought along by default. */
  readonly browser?: string | undefined;
}

/** Files that were written, relative to the output folder, and whether something was wrong. */
export interface Exported {
  readonly files: readonly string[];
  readonly failed: boolean;
}

/** Makes PDFs, handouts and pictures of notes. */
export async function exportDecks(options: PrepareOptions & ExportTarget, effects: Effects): Promise<Exported> {
  const browser = lazyBrowser(options);
  try {
    // It starts while the notes are read and drawn; whoever needs it hears why it does not.
    if (options.kinds.some((kind) => printed.has(kind))) void browser.get().catch(() => undefined);
    const prepared = await prepare({ ...options, storyboards: options.kinds.includes('handout') }, effects);
    return await writeWith(browser, prepared, options, effects);
  } finally {
    await browser.close();
  }
}

/**
 * Prints decks that are ready.
 *
 * @throws {UserError} When there is no browser, or it stops in the middle; the output folder is then as it was.
 */
export async function writeExports(
  prepared: PreparedDecks,
  target: ExportTarget & BrowserChoice,
  effects: Effects,
): Promise<Exported> {
  const browser = lazyBrowser(target);
  try {
    return await writeWith(browser, prepared, target, effects);
  } finally {
    await browser.close();
  }
}

async function writeWith(
  browser: LazyBrowser,
  prepared: PreparedDecks,
  target: ExportTarget,
  effects: Effects,
): Promise<Exported> {
  if (prepared.decks.length === 0) return { files: [], failed: prepared.failed };
  const output = await openOutput(target.out);
  const tools: Tools = {
    output,
    effects,
    steps: target.steps ?? false,
    handout: target.handout ?? { kind: 4, paper: 'a4', exercise: false },
    browser: browser.get,
  };
  try {
    const jobs = prepared.decks.flatMap((deck) => target.kinds.map((kind) => ({ deck, kind })));
    const total = jobs.length;
    const pages = ({ deck }: (typeof jobs)[number]) =>
      deck.deck.slides.reduce((sum, { stills }) => sum + Math.max(1, stills?.length ?? 0), 0);
    let done = 0;
    effects.progress('print', done, total);
    // Chromium lays pages out in processes of their own, so two are done in little more time than one; cameras see
    // only the page in front.
    const workers = target.kinds.every((kind) => printed.has(kind)) ? 2 : 1;
    const added = await sideBySide(jobs, workers, pages, async ({ deck, kind }) => {
      const files = await exporters[kind](deck, prepared, tools);
      effects.progress('print', ++done, total);
      return files && { deck: deck.deck.name, kind, files };
    });
    const made = added.filter((one) => one !== undefined);
    // What a deck that cannot be shown left behind before is kept.
    if (made.length > 0) await output.commit((path) => made.some(({ deck, kind }) => isExportOf(path, deck, kind)));
    const empty = target.kinds.some((kind) => made.every((one) => one.kind !== kind || one.files.length === 0));
    const failed = prepared.failed || made.length < total || empty;
    const files = made.flatMap((one) => one.files);
    return { files, failed };
  } catch (error) {
    if (browser.lost() && !(error instanceof UserError)) {
      throw new UserError('the browser stopped while printing; run again, or name another one with --browser');
    }
    throw error;
  } finally {
    await output.discard();
  }
}

/** Which browser prints, and where the one that is brought along lies. */
interface BrowserChoice {
  readonly browser?: string | undefined;
  readonly runtimeDirectory: string;
}

/** A browser that starts when it is first asked for. */
interface LazyBrowser {
  readonly get: () => Promise<Browser>;
  /** Whether it has started and is no longer there. */
  readonly lost: () => boolean;
  readonly close: () => Promise<void>;
}

function lazyBrowser({ browser: executable, runtimeDirectory }: BrowserChoice): LazyBrowser {
  let launched: Promise<Browser> | undefined;
  let started: Browser | undefined;
  return {
    async get() {
      launched ??= launchBrowser({ executable, cacheDirectory: runtimeDirectory });
      started = await launched;
      return started;
    },
    lost: () => started !== undefined && !started.connected,
    close: async () => launched?.then((one) => one.close()).catch(() => undefined),
  };
}

/**
 * Does something for each item, `workers` at a time, the longest first where there are several; after a failure what is
 * under way still comes to its end.
 *
 * @returns What was made, in the order of the items.
 */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  workers: number,
  length: (item: Item) => number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const order = items.map((item, n) => ({ item, n }));
  if (workers > 1) order.sort((a, b) => length(b.item) - length(a.item));
  let next = 0;
  const ends = await Promise.allSettled(
    Array.from({ length: workers }, async () => {
      for (let job = order[next++]; job; job = order[next++]) {
        try {
          results[job.n] = await work(job.item);
        } catch (error) {
          next = order.length;
          throw error;
        }
      }
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
