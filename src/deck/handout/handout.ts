import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from '../deck.ts';
import { drawEmoji } from '../emoji.ts';
import { onPaper, paperLinks } from '../onPaper.ts';
import { raw, writePage } from '../page.ts';
import type { PrintPage } from '../print.ts';
import { wordsOf } from '../words.ts';
import { articleRows } from './articleRows.ts';
import { cellsRows, type NumberedSlide, type SlidesOnSheet, slidesInRow } from './cells.ts';
import { contentsRows, type Place } from './contents.ts';
import { fillSheets, type Paper, pagesOf, papers, type Row, roomOn } from './sheets.ts';
import { answerRows, type Question, type StoryContext, storyboardRows } from './storyboard.ts';

/** What a handout shows: so many slides on a sheet, or the note as one text. */
export type HandoutKind = SlidesOnSheet | 'notes';

/** What authors choose of a handout. */
export interface Handout {
  readonly kind: HandoutKind;
  readonly paper: Paper;
  /** Whether queues are left blank, with the answers on the last sheets. */
  readonly exercise: boolean;
}

/** Rows of fewer sheets need no table of contents. */
const sheetsWithoutContents = 3;

/**
 * The deck on sheets of paper. Every sheet is laid out here, from font metrics, so that page numbers, the table of
 * contents among them, need no browser.
 */
export function renderHandout(deck: Deck, { kind, paper, exercise }: Handout, { css, sprite }: PrintPage): string {
  // 1. All rows, and the places that can be looked up.
  const words = wordsOf(deck.lang);
  const questions: Question[] = [];
  const context: StoryContext = { deck, words, room: roomOn(paper), questions: exercise ? questions : undefined };
  const { rows, places, opening } =
    kind === 'notes' ? articleRows(deck.article(), context) : slidesRows(deck, kind, context);
  const answers = questions.length > 0 ? answerRows(questions, context) : [];

  // 2. Sheets, with a table of contents where somebody has to look for something.
  const all = [...rows, ...answers];
  const listed = answers.length > 0 ? [...places, { id: 'answers', title: words.answers, level: 2 }] : places;
  const short = fillSheets(all, context.room).length <= sheetsWithoutContents;
  const above = all.slice(0, opening);
  const contents = short
    ? []
    : contentsRows(
        words.contents,
        listed.filter(({ level }) => level > 1),
      );
  const sheets = fillSheets([...above, ...contents, ...all.slice(above.length)], context.room);

  // 3. Pages with their head and foot.
  const pageOf = pagesOf(sheets);
  const { header = deck.title, footer } = deck.paper;
  const pages = sheets.map((sheet, n) =>
    h('section', { class: ['sheet', paper] }, [
      h('header', drawEmoji([h('span', header), h('span', words.handout)])),
      ...sheet.map((row, k) => spaced(row.draw(pageOf), k === 0 ? 0 : row.above)),
      h('footer', drawEmoji([h('span', footer ?? ''), h('span', `${n + 1} / ${sheets.length}`)])),
    ]),
  );
  const { width, height } = papers[paper];
  const size = `@page{size:${width}mm ${height}mm}`;
  return writePage({
    lang: deck.lang,
    title: `${deck.title} · ${words.handout}`,
    kind: 'handout',
    styles: { css: css + size },
    children: [raw(sprite), ...onPaper(pages, paperLinks(deck, pages))],
  });
}

/** Slides with their notes, a storyboard for each replay, sections as headings. */
function slidesRows(deck: Deck, count: SlidesOnSheet, context: StoryContext) {
  const rows: Row[] = [];
  let waiting: NumberedSlide[] = [];
  const flush = () => {
    if (waiting.length > 0) rows.push(...cellsRows(waiting, count, context.room, deck, context.words));
    waiting = [];
  };
  for (const [n, slide] of deck.slides.entries()) {
    // A handout has its table of contents.
    if (slide.generated) continue;
    const isSection = slide.kind === 'section' && !slide.notes;
    if (slide.storyboard?.frames.length) {
      flush();
      rows.push(...storyRows(slide, context));
    } else if (isSection) {
      flush();
      rows.push(sectionRow(slide));
    } else {
      const number = n + 1;
      const shown = slide.answered
        ? [
            { slide, number, unanswered: true },
            { slide, number, again: true },
          ]
        : [{ slide, number }];
      for (const cell of shown) {
        waiting.push(cell);
        if (waiting.length === slidesInRow(count)) flush();
      }
    }
  }
  flush();
  return { rows, places: placesOf(deck.slides), opening: 0 };
}

/** On paper a section is a heading: what is in it follows anyway. */
function sectionRow(slide: Slide): Row {
  return {
    height: 14,
    above: 4,
    ids: [slide.id],
    keepWithNext: true,
    draw: () => h('div', { class: 'handout-section', id: slide.id }, [slide.heading]),
  };
}

function storyRows(slide: Slide, context: StoryContext): Row[] {
  const title = (heading: Element, attributes: Readonly<Record<string, string>>): Row => ({
    height: 10,
    above: 6,
    keepWithNext: true,
    ids: [slide.id],
    draw: () => h('div', { class: 'story-title', ...attributes }, [heading]),
  });
  // On a further sheet the title is no heading: the outline has one entry a slide.
  const again = { ...title({ ...slide.heading, tagName: 'p' }, {}), height: 7 };
  const rows = storyboardRows(slide, slide, again, false, context);
  return [title(slide.heading, { id: slide.id }), ...rows.map((row, n) => (n === 0 ? { ...row, above: 1 } : row))];
}

/** The slides that a table of contents names: where sections and what is in them begin. */
function placesOf(slides: readonly Slide[]): readonly Place[] {
  return slides.flatMap(({ id, title, kind, heading, generated, h: stack }) => {
    const begins = !generated && stack > 0 && kind !== 'replay' && !/ \((?:[2-9]|1\d)\/\d+\)$/.test(title);
    const level = heading.tagName === 'h2' ? 2 : 3;
    return begins ? [{ id, title: title.replace(/ \(1\/\d+\)$/, ''), level }] : [];
  });
}

function spaced(element: Element, millimetres: number): ElementContent {
  if (millimetres === 0) return element;
  const { style } = element.properties;
  const margin = `margin-top:${millimetres}mm`;
  return { ...element, properties: { ...element.properties, style: style ? `${String(style)};${margin}` : margin } };
}
