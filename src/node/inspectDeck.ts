import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import type { Fault, Place } from '../inspect/fault.ts';
import { packageRoot } from './root.ts';

/** A deck's page with all that it refers to, as text. */
export interface InspectedPage {
  /** Refers to `deck.css`, `fonts.css` and `deck.js`. */
  readonly html: string;
  readonly stylesheet: string;
  readonly fonts: string;
  readonly script: string;
  /** Path below the page → content. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** A text that is drawn with a font which the deck does not bring. */
export interface ForeignFont extends Place {
  readonly font: string;
}

/** What was found on one slide. */
export interface SlideFaults {
  readonly id: string;
  readonly faults: readonly Fault[];
  readonly foreign: readonly ForeignFont[];
}

/** What was found, and the slide at which time was up; a deck never takes longer than its share. */
export interface DeckFaults {
  readonly slides: readonly SlideFaults[];
  readonly unfinished?: string;
}

/** Seconds that a deck may take: to load, and for each of its slides. */
const share = { load: 30, slide: 3 };

/** What fades in would be looked at while it is half there; what no pointer can meet would not be found by its place. */
const still = `*, ::before, ::after { transition: none !important; animation: none !important }
.reveal * { pointer-events: auto !important }`;

/**
 * Looks at every slide of a deck as the audience sees it: reveal's page in a window of 1920 × 1080, where its scale is
 * 1, with all fragments shown and replays at each key step. Nothing outside of the deck's folder can be asked for.
 */
export async function inspectDeck(browser: Browser, deck: InspectedPage): Promise<DeckFaults> {
  const folder = await mkdtemp(join(tmpdir(), 'loopreel-inspect-'));
  const page = await browser.newPage();
  try {
    await writeDeck(folder, deck);
    await shutIn(page, folder);
    await page.setViewport({ width: 1920, height: 1080 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.goto(pathToFileURL(join(folder, 'index.html')).href, { timeout: share.load * 1000 });
    await page.waitForSelector('.reveal.ready', { timeout: share.load * 1000 });
    await page.addStyleTag({ content: still });
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    await page.evaluate(await readFile(join(packageRoot, 'dist', 'browser', 'inspect.js'), 'utf8'));
    return await inspectSlides(page);
  } finally {
    await page.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

async function inspectSlides(page: Page): Promise<DeckFaults> {
  const slides = await page.evaluate(() => globalThis.loopreelInspector?.slides() ?? []);
  const schemes = await page.evaluate(() => globalThis.loopreelInspector?.schemes() ?? []);
  const tools = await page.createCDPSession();
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const deadline = Date.now() + slides.length * share.slide * 1000;
  const found: SlideFaults[] = [];
  for (const { id, steps } of slides) {
    const faults = await before(deadline, async () => {
      const all: Fault[] = [];
      for (let step = 0; step < steps; step++) {
        const look = await page.evaluate(
          async (id, n) => (await globalThis.loopreelInspector?.look(id, n)) ?? { faults: [], fresh: false },
          id,
          step,
        );
        all.push(...look.faults);
        if (!look.fresh && step < steps - 1) continue;
        for (const scheme of schemes)
          all.push(...(await page.evaluate((id, n) => globalThis.loopreelInspector?.colours(id, n) ?? [], id, scheme)));
      }
      all.push(...(await page.evaluate(async (id) => (await globalThis.loopreelInspector?.judge(id)) ?? [], id)));
      return { id, faults: all, foreign: await foreignFonts(page, tools, id) };
    });
    if (!faults) return { slides: found, unfinished: id };
    found.push(faults);
  }
  return { slides: found };
}

/** Undefined when time is up; what is going on then ends with its page. */
async function before<Result>(deadline: number, work: () => Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, deadline - Date.now()));
  });
  const working = work();
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Texts that the browser draws with a font of the machine: elsewhere they look otherwise, or are empty boxes. */
async function foreignFonts(page: Page, tools: CDPSession, id: string): Promise<ForeignFont[]> {
  const places = await page.evaluate((id) => globalThis.loopreelInspector?.markFonts(id) ?? [], id);
  if (places.length === 0) return [];
  const { root } = await tools.send('DOM.getDocument', { depth: 0 });
  const found: ForeignFont[] = [];
  for (const [n, place] of places.entries()) {
    const { nodeId } = await tools.send('DOM.querySelector', {
      nodeId: root.nodeId,
      selector: `[data-inspect-font="${n}"]`,
    });
    if (nodeId === 0) continue;
    const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId });
    const foreign = fonts.find(({ isCustomFont, glyphCount }) => !isCustomFont && glyphCount > 0);
    if (foreign) found.push({ ...place, font: foreign.familyName });
  }
  await page.evaluate(() => globalThis.loopreelInspector?.unmarkFonts());
  return found;
}

async function writeDeck(folder: string, { html, stylesheet, fonts, script, images }: InspectedPage): Promise<void> {
  for (const [path, data] of images) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), data);
  }
  await writeFile(join(folder, 'deck.css'), stylesheet);
  await writeFile(join(folder, 'fonts.css'), fonts);
  await writeFile(join(folder, 'deck.js'), script);
  await writeFile(join(folder, 'index.html'), html);
}

/** Whatever a note holds, its page reaches nothing but its own folder. */
async function shutIn(page: Page, folder: string): Promise<void> {
  const base = pathToFileURL(`${folder}/`).href;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const inside = request.url().startsWith(base) || request.url().startsWith('data:');
    void (inside ? request.continue() : request.abort()).catch(() => undefined);
  });
}
