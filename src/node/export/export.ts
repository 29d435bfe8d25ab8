import type { Browser } from 'puppeteer-core';
import type { Handout } from '../../deck/handout/handout.ts';
import { launchBrowser } from '../chromium.ts';
import type { Effects } from '../effects.ts';
import { UserError } from '../errors.ts';
import { openOutput } from '../output.ts';
import { isExportOf } from '../places.ts';
import { type PreparedDecks, type PrepareOptions, prepare } from '../prepare.ts';
import { type ExportKind, exporters, type Tools } from './kinds.ts';

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
  const prepared = await prepare({ ...options, storyboards: options.kinds.includes('handout') }, effects);
  return writeExports(prepared, options, effects);
}

/**
 * Prints decks that are ready.
 *
 * @throws {UserError} When there is no browser, or it stops in the middle; the output folder is then as it was.
 */
export async function writeExports(
  prepared: PreparedDecks,
  target: ExportTarget & { readonly runtimeDirectory: string },
  effects: Effects,
): Promise<Exported> {
  if (prepared.decks.length === 0) return { files: [], failed: prepared.failed };
  const output = await openOutput(target.out);
  let browser: Browser | undefined;
  const tools: Tools = {
    output,
    effects,
    steps: target.steps ?? false,
    handout: target.handout ?? { kind: 4, paper: 'a4', exercise: false },
    browser: async () => {
      browser ??= await launchBrowser({ executable: target.browser, cacheDirectory: target.runtimeDirectory });
      return browser;
    },
  };
  try {
    const made: { readonly deck: string; readonly kind: ExportKind; readonly files: readonly string[] }[] = [];
    const total = prepared.decks.length * target.kinds.length;
    let done = 0;
    for (const deck of prepared.decks) {
      for (const kind of target.kinds) {
        effects.progress('print', done++, total);
        const added = await exporters[kind](deck, prepared, tools);
        if (added) made.push({ deck: deck.deck.name, kind, files: added });
      }
    }
    effects.progress('print', total, total);
    // What a deck that cannot be shown left behind before is kept.
    if (made.length > 0) await output.commit((path) => made.some(({ deck, kind }) => isExportOf(path, deck, kind)));
    const empty = target.kinds.some((kind) => made.every((one) => one.kind !== kind || one.files.length === 0));
    const failed = prepared.failed || made.length < total || empty;
    const files = made.flatMap((one) => one.files);
    return { files, failed };
  } catch (error) {
    if (browser && !browser.connected && !(error instanceof UserError)) {
      throw new UserError('the browser stopped while printing; run again, or name another one with --browser');
    }
    throw error;
  } finally {
    await browser?.close().catch(() => undefined);
    await output.discard();
  }
}
