import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { styleText } from '../../deck/page.ts';
import type { renderPrint } from '../../deck/print.ts';
import type { Effects } from '../effects.ts';
import { fontStylesheet } from '../fontStylesheet.ts';
import { withoutFormulas } from '../formulas.ts';
import { checkGlyphs } from '../glyphs.ts';
import { type Prepared, type PreparedDecks, visibleText } from '../prepare.ts';
import { emojiSprite } from '../sprite.ts';
import { type PageKind, stylesheet } from '../stylesheets.ts';
import { isLate, pageFailure, patience } from './pageFailure.ts';

/** Holds the place of the styles until they are known. What stands before it, the title, holds no bare `<`. */
const stylesHere = '/*<styles>*/';

/** A page that stands alone: stylesheets, fonts and emoji inside. Undefined, and told, when a character has no glyph. */
export async function staticPage(
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
  // Drawn once, fonts and all else that its text decides put in behind: a page may be megabytes.
  const page = render(prepared.deck, { css: stylesHere, sprite });
  const problems = checkGlyphs(
    prepared.note,
    faces,
    withoutFormulas(page, prepared.formulas),
    prepared.deck.lang,
    missing,
  );
  effects.messages(prepared.note.path, problems);
  if (problems.length > 0) return undefined;
  const fonts = await fontStylesheet(faces, page + css, prepared.deck.lang, cacheDirectory);
  return page.replace(stylesHere, () => styleText(fonts + prepared.formulas.css + css));
}

/**
 * Shows a page from a temporary folder, with scripts off and no way to anything outside of it.
 *
 * @param scale Pixels of a screenshot for one of the page.
 */
export async function withPage<Result>(
  browser: Browser,
  { deck, images }: Prepared,
  html: string,
  use: (page: Page) => Promise<Result>,
  scale = 1,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'loopreel-print-')).catch((error: unknown) => {
    throw pageFailure(error, deck.name);
  });
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
    await page.setViewport({ width: 1920, height: 1080, deviceScaleFactor: scale });
    await page.goto(`${base}page.html`, { waitUntil: 'load', timeout: patience });
    return await use(page);
  } catch (error) {
    // One that does not answer would not answer to being closed either.
    if (isLate(error)) browser.process()?.kill('SIGKILL');
    else if (!browser.connected) throw error;
    throw pageFailure(error, deck.name);
  } finally {
    await page.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until every font is there and every picture can be drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    // A picture that is broken was told of when the note was read; it stays empty.
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}
