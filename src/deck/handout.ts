import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Deck, Slide } from './deck.ts';
import type { PrintPage } from './print.ts';
import { wordsOf } from './words.ts';

/** Sizes on an A4 sheet, in millimetres; `themes/handout.css` draws with the same. */
const sheet = {
  contentHeight: 252,
  slideHeight: 62,
  storyTitleHeight: 10,
  frameWidth: 58,
  framesInRow: 3,
} as const;

/** A strip of a sheet that is never broken. */
interface Row {
  /** In millimetres, with the gap below. */
  readonly height: number;
  readonly element: Element;
  /** A title that must not stand alone at the foot of a sheet. */
  readonly keepWithNext?: true;
}

/**
 * The deck on A4 paper: each slide beside its speaker notes, or lines to write on; each replay as a storyboard of its
 * key steps. Every page is laid out here, so that "page x of y" needs no browser.
 */
export function renderHandout(deck: Deck, { css, sprite }: PrintPage): string {
  const sheets = fillSheets(deck.slides.flatMap((slide) => rowsOf(slide, deck)));
  const words = wordsOf(deck.lang);
  const page = h('html', { lang: deck.lang }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('title', `${deck.title} · ${words.handout}`),
      h('style', [raw(css.replaceAll('</style', '<\\/style'))]),
    ]),
    h('body', { class: 'handout' }, [
      raw(sprite),
      ...sheets.map((rows, n) =>
        h('section', { class: 'sheet' }, [
          h('header', [h('span', deck.title), h('span', words.handout)]),
          ...rows.map(({ element }) => element),
          h('footer', `${n + 1} / ${sheets.length}`),
        ]),
      ),
    ]),
  ]);
  return `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n`;
}

/** Rows in order on as few sheets as they take. */
function fillSheets(rows: readonly Row[]): Row[][] {
  const sheets: Row[][] = [[]];
  let used = 0;
  for (const [n, row] of rows.entries()) {
    const needed = row.height + (row.keepWithNext ? (rows[n + 1]?.height ?? 0) : 0);
    if (used + needed > sheet.contentHeight && (sheets.at(-1)?.length ?? 0) > 0) {
      sheets.push([]);
      used = 0;
    }
    sheets.at(-1)?.push(row);
    used += row.height;
  }
  return sheets;
}

function rowsOf(slide: Slide, deck: Deck): Row[] {
  return slide.frames?.length ? storyboard(slide, slide.frames, deck) : [slideRow(slide)];
}

/** A slide at the left, what to say about it, or lines, at the right. */
function slideRow(slide: Slide): Row {
  const classes = ['slide', ...(slide.kind === 'text' ? [] : [slide.kind])];
  return {
    height: sheet.slideHeight,
    element: h('article', { class: 'handout-slide' }, [
      h('div', { class: 'thumbnail' }, [h('div', { class: classes }, [slide.heading, ...slide.body])]),
      slide.notes
        ? h('div', { class: 'handout-notes' }, [raw(slide.notes)])
        : h('div', { class: 'handout-lines', ariaHidden: 'true' }),
    ]),
  };
}

/** A replay's key steps, three in a row: number and clock, the sentence, the picture. */
function storyboard(slide: Slide, frames: readonly string[], deck: Deck): Row[] {
  const title: Row = {
    height: sheet.storyTitleHeight,
    element: h('div', { class: 'story-title' }, [slide.heading]),
    keepWithNext: true,
  };
  // Frames of one replay are equally high; above them stands the number, below them a gap.
  const [, width = 1, height = 1] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(frames[0] ?? '')?.map(Number) ?? [];
  const rowHeight = (sheet.frameWidth * height) / width + 13;
  const rows: Row[] = [];
  for (let first = 0; first < frames.length; first += sheet.framesInRow) {
    rows.push({
      height: rowHeight,
      element: h(
        'div',
        { class: 'story-row' },
        frames.slice(first, first + sheet.framesInRow).map((svg, n) => {
          const number = first + n + 1;
          const still = slide.stills?.[number - 1];
          return h('figure', [
            h('div', { class: 'frame-number' }, [h('b', `${number}`), ` ${still?.clock ?? ''}`]),
            h('div', { role: 'img', ariaLabel: still?.caption ?? '' }, [raw(svg)]),
          ]);
        }),
      ),
    });
  }
  const version = slide.replayJson ? pythonOf(slide.replayJson) : undefined;
  const last = rows.at(-1);
  if (version && last)
    last.element.children.push(h('p', { class: 'story-foot' }, wordsOf(deck.lang).recordedWith(version)));
  return [title, ...rows];
}

/** The Python that made the recording; semantics differ between versions, so paper says which. */
function pythonOf(replayJson: string): string | undefined {
  return /\\"python\\":\\"([^\\]+)\\"/.exec(replayJson)?.[1];
}

function raw(value: string): ElementContent {
  return { type: 'raw', value } as unknown as ElementContent;
}
