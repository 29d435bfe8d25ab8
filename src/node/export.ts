import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { renderHandout } from '../deck/handout.ts';
import { renderPrint } from '../deck/print.ts';
import { launchBrowser } from './chromium.ts';
import type { Effects } from './effects.ts';
import { UserError } from './errors.ts';
import { fontStylesheet } from './fontStylesheet.ts';
import { withoutFormulas } from './formulas.ts';
import { checkGlyphs } from './glyphs.ts';
import { type Output, openOutput } from './output.ts';
import { slidePicture } from './places.ts';
import { type Prepared, type PreparedDecks, type PrepareOptions, prepare, visibleText } from './prepare.ts';
import { emojiSprite } from './sprite.ts';
import { type PageKind, stylesheet } from './stylesheets.ts';

/** What can leave the screen. */
export type ExportKind = 'pdf' | 'handout' | 'png';

/** Where exports go and what prints them. */
export interface ExportTarget {
  readonly out: string;
  readonly kinds: readonly ExportKind[];
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
  const prepared = await prepare({ ...options, handout: options.kinds.includes('handout') }, effects);
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
  try {
    browser = await launchBrowser({ executable: target.browser, cacheDirectory: target.runtimeDirectory });
    const files: string[] = [];
    let failed = prepared.failed;
    const total = prepared.decks.length * target.kinds.length;
    let done = 0;
    for (const deck of prepared.decks) {
      for (const kind of target.kinds) {
        effects.progress('print', done++, total);
        const made = await exporters[kind](deck, prepared, browser, output, effects);
        if (made.length === 0) failed = true;
        files.push(...made);
      }
    }
    effects.progress('print', total, total);
    const folders = target.kinds.includes('png') ? prepared.decks.map(({ deck }) => deck.name) : [];
    await output.commit((path) => slidePicture.test(path) && folders.includes(path.split('/')[0] ?? ''));
    return { files, failed };
  } catch (error) {
    if (browser && !browser.connected) {
      throw new UserError('the browser stopped while printing; run again, or name another one with --browser');
    }
    throw error;
  } finally {
    await browser?.close().catch(() => undefined);
    await output.discard();
  }
}

type Exporter = (
  deck: Prepared,
  shared: PreparedDecks,
  browser: Browser,
  output: Output,
  effects: Effects,
) => Promise<readonly string[]>;

/** What each kind of export does; each gives the files that it added, none when the deck cannot be shown. */
const exporters: Readonly<Record<ExportKind, Exporter>> = {
  pdf: pdfExporter('print', renderPrint, ''),
  handout: pdfExporter('handout', renderHandout, '-handout'),

  async png(prepared, shared, browser, output, effects) {
    const html = await staticPage(prepared, shared, 'print', renderPrint, effects);
    if (html === undefined) return [];
    const pictures = await withPage(browser, prepared, html, photograph);
    for (const [id, picture] of pictures) await output.add(`${prepared.deck.name}/${id}.png`, picture);
    return [...pictures.keys()].map((id) => `${prepared.deck.name}/${id}.png`);
  },
};

function pdfExporter(kind: PageKind, render: typeof renderPrint, suffix: string): Exporter {
  return async (prepared, shared, browser, output, effects) => {
    const html = await staticPage(prepared, shared, kind, render, effects);
    if (html === undefined) return [];
    const path = `${prepared.deck.name}${suffix}.pdf`;
    await output.add(path, await withPage(browser, prepared, html, printPdf));
    return [path];
  };
}

/** A page that stands alone: stylesheets, fonts and emoji inside. Undefined, and told, when a character has no glyph. */
async function staticPage(
  prepared: Prepared,
  { faces, cacheDirectory }: PreparedDecks,
  kind: PageKind,
  render: typeof renderPrint,
  effects: Effects,
): Promise<string | undefined> {
  const { sprite, missing } = await emojiSprite(visibleText(prepared));
  // Paper is light; slides for a projector are as the note says.
  const dark = kind === 'print' && prepared.note.frontMatter.scheme === 'dark';
  const css = await stylesheet(prepared.theme, kind, dark ? 'dark' : 'light');
  const bare = render(prepared.deck, { css: '', sprite: '' });
  const problems = checkGlyphs(
    prepared.note,
    faces,
    withoutFormulas(bare, prepared.formulas),
    prepared.deck.lang,
    missing,
  );
  effects.messages(prepared.note.path, problems);
  if (problems.length > 0) return undefined;
  const fonts = await fontStylesheet(faces, bare + css, prepared.deck.lang, cacheDirectory);
  return render(prepared.deck, { css: fonts + prepared.formulas.css + css, sprite });
}

/** Shows a page from a temporary folder, with scripts off and no way to anything outside of it. */
async function withPage<Result>(
  browser: Browser,
  { images }: Prepared,
  html: string,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'loopreel-print-'));
  const page = await browser.newPage();
  try {
    for (const [path, data] of images.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), data);
    }
    await writeFile(join(folder, 'page.html'), html);
    await page.setJavaScriptEnabled(false);
    await page.setRequestInterception(true);
    const base = pathToFileURL(`${folder}/`).href;
    page.on('request', (request) => {
      const inside = request.url().startsWith(base) || request.url().startsWith('data:');
      void (inside ? request.continue() : request.abort());
    });
    await page.setViewport({ width: 1920, height: 1080 });
    await page.goto(`${base}page.html`, { waitUntil: 'load' });
    return await use(page);
  } finally {
    await page.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

async function printPdf(page: Page): Promise<Uint8Array> {
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 });
}

/** One picture a slide, 1920 × 1080: of a replay its last key step, which shows most of it. */
async function photograph(page: Page): Promise<ReadonlyMap<string, Uint8Array>> {
  const places = new Map<string, number>();
  for (const section of await page.$$('section[data-slide]')) {
    const id = await section.evaluate((element) => element.getAttribute('data-slide') ?? '');
    const box = await section.boundingBox();
    if (box) places.set(id, box.y);
  }
  const pictures = new Map<string, Uint8Array>();
  for (const [id, y] of places) {
    const clip = { x: 0, y, width: 1920, height: 1080 };
    pictures.set(id, await page.screenshot({ clip, captureBeyondViewport: true, optimizeForSpeed: false }));
  }
  return pictures;
}
