import type { Element } from 'hast';
import { h } from 'hastscript';
import type { BoxContext } from './boxes.ts';
import { columnsBox } from './columnsBox.ts';
import type { Slide } from './deck.ts';
import { drawEmoji } from './emoji.ts';
import { fitOnSlide } from './fit.ts';
import { fullSpace, headingElement, largeHeading, layoutElement, middle } from './frame.ts';
import { proseBox } from './proseBox.ts';

/** A deck with fewer sections or slides needs no list of them. */
const least = { sections: 4, slides: 12 } as const;
/** Sections from which the list stands in two columns. */
const oneColumn = 8;

/** A section as the agenda lists it. */
interface ListedSection {
  readonly title: string;
  /** The slide that it begins with. */
  readonly id: string;
}

/**
 * The list of a long deck's sections, each a link to where it begins.
 *
 * @returns The slide without its place and id; undefined where there is little to list, or too much for a slide.
 */
export function agendaSlide(
  sections: readonly ListedSection[],
  slides: number,
  context: BoxContext,
): Omit<Slide, 'id' | 'h' | 'v'> | undefined {
  if (sections.length < least.sections || slides < least.slides) return undefined;
  // `1. Tasks` has its number already.
  const numbered =
    sections.filter(({ title }) => /^\W*(?:(?:\d+|[A-Z])[.)]|\d\uFE0F?\u20E3)/.test(title)).length >
    sections.length / 2;
  const half = sections.length > oneColumn ? Math.ceil(sections.length / 2) : sections.length;
  const list = (from: number, to: number): Element =>
    h(
      numbered ? 'ul' : 'ol',
      numbered ? { className: ['unmarked'] } : from === 0 ? {} : { start: from + 1 },
      sections.slice(from, to).map(({ title, id }) => h('li', [h('a', { href: `#/${id}` }, title)])),
    );
  const parts = [list(0, half), ...(half < sections.length ? [list(half, sections.length)] : [])];
  const columns = parts.map((part) => ({ weight: 1, boxes: [proseBox(part, context.measure)] }));
  const centred = sections.length <= oneColumn;
  const layout = fitOnSlide([columnsBox(columns)], centred ? middle : fullSpace);
  if (!layout) return undefined;
  const title = context.words.agenda;
  const words = [{ type: 'text', value: title }] as const;
  return {
    title,
    kind: 'text',
    layout: 'agenda',
    generated: true,
    section: '',
    centred,
    heading: centred
      ? largeHeading(2, words, middle.width, context.measure)
      : headingElement(2, words, '', context.measure),
    body: drawEmoji([layoutElement(layout)]),
  };
}
