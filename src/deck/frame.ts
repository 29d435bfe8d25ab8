import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Heading } from 'mdast';
import type { BoxContext } from './boxes.ts';
import { toInline } from './content.ts';
import { drawEmoji } from './emoji.ts';
import type { Layout, Space } from './fit.ts';
import { fitFormulas } from './fitFormulas.ts';
import { inlineWidth } from './formula.ts';
import { geometry, loose } from './geometry.ts';
import { hastText } from './hastText.ts';
import { formulasIn } from './prose.ts';
import { ring } from './ring.ts';
import type { BlockShow, Measure } from './show.ts';
import { countLines, type Run, widths } from './wrap.ts';

/** The room below the title, above the footer. */
export const fullSpace: Space = {
  width: geometry.width - 2 * geometry.margin,
  height: geometry.contentBottom - geometry.contentTop,
  largest: 1.2,
};

/** The room below a large title in the middle of a slide. */
export const middle: Space = { ...fullSpace, width: 1400, height: 560 };

/** Sizes of a slide's title, in pixels; at the last one it may take two lines. */
const leastTitle = 38;
const titleSizes = [60, 54, 48, 44, leastTitle];

/**
 * A slide's heading, as large as one line allows.
 *
 * @param level 1 to 3.
 * @param suffix Follows the title discreetly: `(2/3)`.
 */
export function headingElement(
  level: 1 | 2 | 3,
  content: readonly ElementContent[],
  suffix: string,
  measure: Measure,
): Element {
  const { line } = widths(titleRuns(content, suffix), measure);
  const size = titleSizes.find((pixels) => line * pixels <= fullSpace.width) ?? leastTitle;
  const element = h(`h${level}`, { class: 'slide-title', style: `--title:${size}px` }, [
    h('span', [...content, ...(suffix ? [h('span', { class: 'title-suffix' }, suffix)] : [])]),
  ]);
  return fitFormulas(element, fullSpace.width, size);
}

/** A title as runs: its text, and its formulas, which are none. */
function titleRuns(content: readonly ElementContent[], suffix = ''): Run[] {
  const formulas = content.flatMap(formulasIn);
  return [
    { text: content.map(hastText).join('') + suffix, font: 'sans-bold', size: 1.02, padding: 0 },
    ...formulas.flatMap((formula): Run[] => [
      { text: ' ', font: 'sans-bold', size: 0, padding: 0 },
      { text: '', font: 'sans-bold', size: 1, padding: inlineWidth(formula) / 2 },
    ]),
  ];
}

/** Pixels that a slide's title takes at its third size. */
export function titleWidth(text: string, measure: Measure): number {
  return measure(text, 'sans-bold') * 1.02 * (titleSizes[2] ?? 0);
}

/** A layout as HTML: rows of columns, with the sizes that were found to fit. */
export function layoutElement({ rows, fit, gap }: Layout): Element {
  const classes = [
    'body',
    ...(fit.text.spacing === loose ? [] : ['text-tight']),
    ...(fit.code.spacing === loose ? [] : ['code-tight']),
  ];
  const text = pixels(geometry.text * fit.text.scale);
  const code = pixels(geometry.code * fit.code.scale);
  return h(
    'div',
    { class: classes, style: `--text:${text};--code:${code};--gap:${gap}px` },
    rows.map((row) =>
      h(
        'div',
        { class: 'row', style: `grid-template-columns:${row.map(({ width }) => pixels(width)).join(' ')}` },
        row.map(({ width, boxes }) =>
          h(
            'div',
            { class: 'column' },
            boxes.map((box) => box.draw(width, fit)),
          ),
        ),
      ),
    ),
  );
}

/** A title that stands with its text in the middle of the slide. */
export function largeHeading(
  level: 2 | 3,
  content: readonly ElementContent[],
  width: number,
  measure: Measure,
): Element {
  const size = Math.min(80, largeTitleSize(content, width, measure));
  return largeTitle(level, content, size, width);
}

/** A section's own slide: its title large, what is in it below, and how far the deck has come on the ring. */
export function sectionElements(
  heading: Heading | undefined,
  title: string,
  agenda: readonly Heading[],
  share: number,
  context: BoxContext,
): { readonly heading: Element; readonly body: readonly ElementContent[] } {
  const content = heading ? toInline(heading.children, context) : [{ type: 'text', value: title } as const];
  const width = 1060;
  const items = agenda.length <= 7 ? agenda : [];
  return {
    heading: largeTitle(2, drawEmoji(content), largeTitleSize(content, width, context.measure), width),
    body: [
      ...(items.length > 0
        ? [
            h(
              'ol',
              { class: 'agenda' },
              items.map(({ children }) => h('li', drawEmoji(toInline(children, context)))),
            ),
          ]
        : []),
      ring(share),
    ],
  };
}

/** A large title of a known size, whose formulas are no wider than `width` pixels. */
export function largeTitle(level: 1 | 2 | 3, content: readonly ElementContent[], size: number, width: number): Element {
  const title = h(`h${level}`, { class: 'large-title', style: `--title:${size}px` }, [...content]);
  return fitFormulas(title, width, size);
}

/** The size in pixels at which a large title takes at most three lines of `width` pixels. */
export function largeTitleSize(content: readonly ElementContent[], width: number, measure: Measure): number {
  const runs = titleRuns(content);
  const { word } = widths(runs, measure);
  const fits = (size: number) => countLines(runs, width / size, measure) <= 3 && word * size <= width;
  return [104, 96, 88, 80, 72, 64, 56].find(fits) ?? 48;
}

/** A replay's stack of stills, which the player takes over, and its data. */
export function replayElements({ id, stills, replayJson }: BlockShow): ElementContent[] {
  const figures = (stills ?? []).map(({ caption, svg }, n) =>
    h('figure', { class: n === 0 ? 'still' : 'still fragment' }, [
      { type: 'raw', value: svg } as unknown as ElementContent,
      h('figcaption', { class: 'visually-hidden' }, caption),
    ]),
  );
  return [
    h('div', { class: 'loopreel-replay', dataBlock: id }, figures),
    ...(replayJson === undefined
      ? []
      : [
          h('script', { type: 'application/json', class: 'loopreel-data', dataBlock: id }, [
            { type: 'raw', value: replayJson.replaceAll('<', '\\u003c') } as unknown as ElementContent,
          ]),
        ]),
  ];
}

function pixels(number: number): string {
  return `${Math.round(number * 100) / 100}px`;
}
