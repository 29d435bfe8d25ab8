import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, ScreenshotOptions } from 'puppeteer-core';
import type { Slide } from '../../../deck/deck.ts';
import { renderPrint } from '../../../deck/print.ts';
import type { Area, SlideParts } from '../../../inspect/parts/part.ts';
import type { Prepared } from '../../prepare.ts';
import { packageRoot } from '../../root.ts';
import type { Exporter } from '../kinds.ts';
import { settled, staticPage, withPage } from '../staticPage.ts';
import { fontsFor } from './fonts.ts';
import { firstRelation, type PresentationSlide, type Relation, writePresentation } from './package.ts';
import { slideXml } from './slide.ts';
import type { TextContext } from './text.ts';

/** How large pictures are, in pixels of a picture for one of a slide. */
const scale = 1.5;

/** Colours of a presentation's theme and the tokens that fill them, in the order of `a:clrScheme`. */
const scheme = [
  ['dk1', 'ink', 'tx1'],
  ['lt1', 'bg', 'bg1'],
  ['dk2', 'heading', 'tx2'],
  ['lt2', 'surface', 'bg2'],
  ['accent1', 'accent', 'accent1'],
  ['accent2', 'running', 'accent2'],
  ['accent3', 'ready', 'accent3'],
  ['accent4', 'waiting', 'accent4'],
  ['accent5', 'cancelled', 'accent5'],
  ['accent6', 'error', 'accent6'],
  ['hlink', 'accent', 'hlink'],
  ['folHlink', 'accent', 'folHlink'],
] as const;

/**
 * `<deck>.pptx`: texts, tables and codes as PowerPoint's own objects where the deck has them; a replay is a slide for
 * each key step, so that a clicker walks through it as on the screen.
 */
export const pptx: Exporter = async (prepared, shared, { browser, output, effects }) => {
  const html = await staticPage(prepared, shared, 'print', renderPrint, effects);
  if (html === undefined) return undefined;
  const path = `${prepared.deck.name}.pptx`;
  const file = await withPage(await browser(), prepared, html, (page) => presentationOf(page, prepared), scale);
  await output.add(path, file);
  return [path];
};

async function presentationOf(page: Page, { note, deck, formulas }: Prepared): Promise<Uint8Array> {
  // 1. The page can tell what its slides are made of.
  await settled(page);
  await page.evaluate(await readFile(join(packageRoot, 'dist', 'browser', 'parts.js'), 'utf8'));
  await page.$$eval(
    '.formula:not(.display)',
    (all, mathml) => {
      for (const formula of all)
        formula.setAttribute('data-mathml', mathml[formula.getAttribute('aria-label') ?? ''] ?? '');
    },
    Object.fromEntries([...formulas.set.values()].map((formula) => [formula.tex, formula.mathml])),
  );
  const drawn = await page.evaluate(
    (names) => names.map((name) => globalThis.loopreelColour?.(name) ?? '#000000'),
    scheme.map(([, token]) => token),
  );
  const theme = new Map(
    scheme.map(([, , name], n) => [drawn[n] ?? '', name as string]).reverse() as [string, string][],
  );

  const standBack = (await page.evaluate(() => globalThis.loopreelColour?.('ink-muted'))) ?? '#000000';

  // 2. Slide by slide.
  const ids = await page.$$eval('section[data-slide]', (all) =>
    all.map((section) => section.getAttribute('data-slide') ?? ''),
  );
  const fonts = fontsFor(deck.lang);
  const places = await page.$$eval('section[data-slide]', (all) =>
    all.map((section) => [section.id, ...[...section.querySelectorAll('[id]')].map(({ id }) => id)]),
  );
  const numbers = new Map(places.flatMap((inside, n) => inside.map((place) => [place, n + 1] as const)));
  const slides: PresentationSlide[] = [];
  for (const [n, id] of ids.entries()) {
    const slide = deck.slides.find((candidate) => candidate.id === id);
    if (!slide) continue;
    const step = n - ids.indexOf(id);
    const { parts, ground, pictured, muted } = await show(page, n);
    const relations: Relation[] = [];
    const relation = (added: Relation) => `rId${firstRelation + relations.push(added) - 1}`;
    const pictures: string[] = [];
    for (const part of parts) {
      if (part.kind !== 'picture') continue;
      pictures.push(relation({ kind: 'picture', data: await photograph(page, pictures.length, part.area) }));
    }
    const behind = pictured ? relation({ kind: 'picture', data: await groundOf(page) }) : undefined;
    const relate: TextContext['relate'] = (link) => {
      const number = link.startsWith('#') ? numbers.get(link.slice(1)) : undefined;
      if (number !== undefined) return { id: relation({ kind: 'slide', number }), jump: true };
      return /^(?:https?|mailto):/i.test(link) ? { id: relation({ kind: 'link', url: link }), jump: false } : undefined;
    };
    const xml = slideXml(
      {
        id,
        ground: behind ? { relation: behind } : { colour: ground },
        parts,
        pictures,
        ...(slide.kind === 'title'
          ? {}
          : { number: { colour: muted ?? standBack, value: n + 1, low: slide.kind === 'replay' } }),
      },
      { fonts, theme, relate },
    );
    slides.push({
      xml,
      relations,
      notes: notesOf(slide, step),
      section: slide.h,
      sectionTitle: sectionOf(deck.slides, slide.h),
    });
  }

  // 3. The package around them.
  const { author = '', subtitle = '', date = '' } = note.frontMatter;
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00Z` : '1980-01-01T00:00:00Z';
  const colours = scheme.map(([name], n) => [name, drawn[n] ?? '#000000'] as const);
  return writePresentation({ title: deck.title, author, subject: subtitle, fonts, colours, day, slides });
}

/** Lays out one page alone and asks what it is made of. */
async function show(page: Page, number: number): Promise<SlideParts> {
  return page.$$eval(
    'section[data-slide]',
    (sections, shown) => {
      for (const [n, section] of sections.entries())
        (section as HTMLElement).style.setProperty('display', n === shown ? '' : 'none', 'important');
      const section = sections[shown];
      const parts = section && globalThis.loopreelPartsOf?.(section);
      if (!parts) throw new Error(`there is no page ${shown}`);
      return parts;
    },
    number,
  );
}

/** A picture of a slide alone, without what stands behind and before it. */
async function photograph(page: Page, number: number, { x, y, width, height }: Area): Promise<Uint8Array> {
  const mark = `[data-picture="${number}"]`;
  return styled(
    page,
    `html, body, section[data-slide], section[data-slide] *:not(${mark}, ${mark} *) { background: none !important; border-color: transparent !important }
     section[data-slide] *:not(${mark}, ${mark} *), section[data-slide] ::before { visibility: hidden !important }
     ${mark}, ${mark} * { visibility: visible !important }`,
    { clip: { x, y, width: Math.max(1, width), height: Math.max(1, height) }, omitBackground: true },
  );
}

/** The slide's ground without what stands on it. */
async function groundOf(page: Page): Promise<Uint8Array> {
  return styled(page, 'section[data-slide] > * { visibility: hidden !important }', {});
}

/** A screenshot with further styles, which are gone afterwards. */
async function styled(page: Page, content: string, options: ScreenshotOptions): Promise<Uint8Array> {
  const style = await page.addStyleTag({ content });
  const picture = await page.screenshot(options);
  await style.evaluate((element) => element.remove());
  return picture;
}

/** Speaker notes line by line; a key step's is its sentence, so that who presents can read it out. */
function notesOf({ notes = '', stills = [] }: Slide, step: number): string[] {
  const still = stills[step];
  const told = still ? [`${still.clock}`, still.caption] : [];
  return [...told, ...(step === 0 ? plainLines(notes) : [])];
}

/** Sanitised HTML as lines of text. */
function plainLines(html: string): string[] {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' };
  const text = html
    .replace(/\s+/g, ' ')
    .replace(/<li[^>]*>/g, '\n• ')
    .replace(/<(?:\/(?:p|h\d|li|tr|pre|blockquote|ul|ol)|br)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    });
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What a stack of slides is called; PowerPoint tells sections of one name apart no better than people do. */
function sectionOf(slides: readonly Slide[], stack: number): string {
  return slides.find(({ h }) => h === stack)?.title ?? '';
}
