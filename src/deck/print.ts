import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from './deck.ts';
import { dressed } from './dress.ts';
import { hastText } from './hastText.ts';
import { onPaper, paperLinks, pictureOnPaper } from './onPaper.ts';
import { raw, writePage } from './page.ts';

/** What the print page holds besides the slides. */
export interface PrintPage {
  /** All styles, fonts included. */
  readonly css: string;
  /** The `<svg>` with a `<symbol>` for each emoji. */
  readonly sprite: string;
}

/**
 * The deck as a static page for Chromium's PDF: a `<section class="page">` of 1920 × 1080 a page, no script. A replay
 * takes a page for each key step, an exercise one without its solution and one with it. Only a slide's first page has a
 * heading element, so that the PDF's outline has one entry a slide; speaker notes are left out.
 */
export function renderPrint(deck: Deck, { css, sprite }: PrintPage): string {
  const pages = deck.slides.flatMap((slide, n) => pagesOf(slide, `${n + 1} / ${deck.slides.length}`));
  const content = onPaper(pages, paperLinks(deck, pages)).flatMap((page) => ['\n', page]);
  const { lang, title } = deck;
  return writePage({ lang, title, kind: 'print', styles: { css }, children: [raw(sprite), ...content] });
}

/** The pages of one slide: one, or one for each still of a replay, whose own clock and track stand for the footer. */
function pagesOf(slide: Slide, number: string): Element[] {
  const classes = ['page', 'slide'];
  if (!slide.stills || slide.stills.length === 0) {
    const footer = slide.kind === 'title' ? [] : [slideFooter(slide, number)];
    const page = (heading: Element, place: { readonly id?: string }, more: readonly string[] = []) =>
      h('section', { ...place, dataSlide: slide.id, ...dressed(slide, [...classes, ...more]) }, [
        heading,
        ...slide.body,
        ...footer,
      ]);
    if (!slide.answered) return [page(slide.heading, { id: slide.id })];
    // First the task alone.
    return [page(slide.heading, { id: slide.id }, ['unanswered']), page(asParagraph(slide.heading), {})];
  }
  return slide.stills.map(({ caption, svg }, n) =>
    h('section', { ...(n === 0 ? { id: slide.id } : {}), dataSlide: slide.id, ...dressed(slide, classes) }, [
      n === 0 ? slide.heading : asParagraph(slide.heading),
      h('div', { class: 'still' }, [pictureOnPaper(svg, `${hastText(slide.heading)}: ${caption}`)]),
    ]),
  );
}

/** The section and the slide's number; a title that is the section's own is not said again. */
function slideFooter(slide: Slide, number: string): Element {
  const told = slide.title.replace(/ \(\d+\/\d+\)$/, '').endsWith(slide.section);
  return h('footer', { class: 'slide-footer' }, [
    h('span', { class: 'slide-section' }, told ? '' : slide.section),
    h('span', { class: 'slide-number' }, number),
  ]);
}

function asParagraph(heading: Element): Element {
  return { ...heading, tagName: 'p' };
}
