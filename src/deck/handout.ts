import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from './deck.ts';
import { dressed } from './dress.ts';
import { onPaper, type PaperAddress, paperAddresses, pictureOnPaper } from './onPaper.ts';
import { raw, writePage } from './page.ts';
import type { PrintPage } from './print.ts';
import { wordsOf } from './words.ts';

/** Sizes on an A4 sheet, in millimetres; `themes/handout.css` draws with the same. */
const sheet = {
  /** With the gap below the last row. Four slides fill it, or one with two rows of frames. */
  contentHeight: 270,
  /** A slide of 112 mm's width and the gap below. */
  slideHeight: 67.5,
  sectionHeight: 15,
  storyTitleHeight: 11,
  width: 182,
  frameWidth: 89,
  framesInRow: 2,
  storyGap: 5,
  footHeight: 12,
  lines: 7,
} as const;

/** A strip of a sheet that is never broken. */
interface Row {
  /** In millimetres, with the gap below. */
  readonly height: number;
  readonly element: Element;
  /** A title that must not stand alone at the foot of a sheet. */
  readonly keepWithNext?: true;
  /** Stands above the row where a sheet begins with it. */
  readonly again?: Row;
}

/**
 * The deck on A4 paper: each slide beside its speaker notes, or lines to write on; each replay as a storyboard of its
 * key steps. Every page is laid out here, so that "page x of y" needs no browser.
 */
export function renderHandout(deck: Deck, { css, sprite }: PrintPage): string {
  const address = paperAddresses(deck);
  const sheets = fillSheets(deck.slides.flatMap((slide) => rowsOf(slide, deck, address)));
  const words = wordsOf(deck.lang);
  const pages = sheets.map((rows, n) =>
    h('section', { class: 'sheet' }, [
      h('header', [h('span', deck.title), h('span', `${words.handout} ${n + 1} / ${sheets.length}`)]),
      ...rows.map(({ element }) => element),
    ]),
  );
  const title = `${deck.title} · ${words.handout}`;
  return writePage({ lang: deck.lang, title, kind: 'handout', styles: { css }, children: [raw(sprite), ...pages] });
}

/** Rows in order on as few sheets as they take. */
function fillSheets(rows: readonly Row[]): Row[][] {
  const sheets: Row[][] = [[]];
  let used = 0;
  for (const [n, row] of rows.entries()) {
    const needed = row.height + heightOfNext(rows, n);
    if (used + needed > sheet.contentHeight && (sheets.at(-1)?.length ?? 0) > 0) {
      sheets.push(row.again ? [row.again] : []);
      used = row.again?.height ?? 0;
    }
    sheets.at(-1)?.push(row);
    used += row.height;
  }
  return sheets;
}

/** What has to stand on the same sheet behind row `n`: titles, and the first row below them. */
function heightOfNext(rows: readonly Row[], n: number): number {
  const next = rows[n + 1];
  return rows[n]?.keepWithNext && next ? next.height + heightOfNext(rows, n + 1) : 0;
}

function rowsOf(slide: Slide, deck: Deck, address: PaperAddress): Row[] {
  if (slide.storyboard?.frames.length) return storyboard(slide, slide.storyboard, deck, address);
  if (slide.kind === 'section' && !slide.notes) return [sectionRow(slide, address)];
  const { notes: _, ...unsaid } = slide;
  // First the task alone, with room to solve it.
  const again = { ...slide, heading: { ...slide.heading, tagName: 'p' } };
  return slide.answered
    ? [slideRow(unsaid, address, ['unanswered']), slideRow(again, address)]
    : [slideRow(slide, address)];
}

/** On paper a section is a heading: what is in it follows anyway. */
function sectionRow(slide: Slide, address: PaperAddress): Row {
  return {
    height: sheet.sectionHeight,
    element: h('div', { class: 'handout-section' }, [...onPaper([slide.heading], address)]),
    keepWithNext: true,
  };
}

/** A slide at the left, what to say about it, or lines, at the right. */
function slideRow(slide: Slide, address: PaperAddress, classes: readonly string[] = []): Row {
  return {
    height: sheet.slideHeight,
    element: h('article', { class: 'handout-slide' }, [
      h('div', { class: 'thumbnail' }, [
        h('div', dressed(slide, ['slide', ...classes]), onPaper([slide.heading, ...slide.body], address)),
      ]),
      slide.notes
        ? h('div', { class: 'handout-notes' }, [raw(withoutDeadLinks(slide.notes))])
        : h(
            'div',
            { class: 'handout-lines', ariaHidden: 'true' },
            Array.from({ length: sheet.lines }, () => h('i')),
          ),
    ]),
  };
}

/** A replay's key steps, two in a row, then the whole run; a picture has its clock and sentence in itself. */
function storyboard(
  slide: Slide,
  { frames, timeline }: NonNullable<Slide['storyboard']>,
  deck: Deck,
  address: PaperAddress,
): Row[] {
  const title: Row = {
    height: sheet.storyTitleHeight,
    element: h('div', { class: 'story-title' }, onPaper([slide.heading], address)),
    keepWithNext: true,
  };
  // On a further sheet the title is no heading: the outline has one entry a slide.
  const again: Row = {
    height: sheet.storyTitleHeight,
    element: h('div', { class: 'story-title' }, onPaper([{ ...slide.heading, tagName: 'p' }], address)),
  };
  const rows: Row[] = [];
  for (let first = 0; first < frames.length; first += sheet.framesInRow) {
    rows.push({
      height: printedHeight(frames[first] ?? '', sheet.frameWidth) + sheet.storyGap,
      ...(first > 0 ? { again } : {}),
      element: h(
        'div',
        { class: 'story-row' },
        frames.slice(first, first + sheet.framesInRow).map((svg, n) => {
          const number = first + n + 1;
          const still = slide.stills?.[number - 1];
          return h('div', [
            h('b', { class: 'frame-number' }, `${number}`),
            pictureOnPaper(svg, `${still?.clock ?? ''}: ${still?.caption ?? ''}`),
          ]);
        }),
      ),
    });
  }
  const version = slide.replayJson ? pythonOf(slide.replayJson) : undefined;
  const foot = version ? [h('figcaption', wordsOf(deck.lang).recordedWith(version))] : [];
  const whole: Row = {
    height: printedHeight(timeline, sheet.width) + sheet.footHeight,
    again,
    element: h('figure', { class: 'story-whole' }, [h('div', [raw(timeline)]), ...foot]),
  };
  return [title, ...rows, whole];
}

/** Millimetres that a picture is high when it is `width` millimetres wide. */
function printedHeight(svg: string, width: number): number {
  const [, wide = 1, high = 1] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  return (width * high) / wide;
}

/** The Python that made the recording; semantics differ between versions, so paper says which. */
function pythonOf(replayJson: string): string | undefined {
  return /"python":"([^"]+)"/.exec(replayJson)?.[1];
}

/** Speaker notes are HTML already; what {@link onPaper} does to nodes. */
function withoutDeadLinks(html: string): string {
  return html.replace(/<a href="(?!https?:|mailto:)[^"]*"/gi, '<a');
}
