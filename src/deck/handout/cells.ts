import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from '../deck.ts';
import { dressed } from '../dress.ts';
import { geometry } from '../geometry.ts';
import { liveAddress } from '../onPaper.ts';
import type { Words } from '../words.ts';
import { boxRow, cutToRoom, drawStack, heightOf, pointsOfText, round } from './flow.ts';
import type { Room, Row } from './sheets.ts';

/** How slides stand on a sheet. */
interface Arrangement {
  /** Slides on a sheet: so many beside each other, so many below. */
  readonly columns: number;
  readonly rows: number;
  /** The slide's share of its cell's width, where its height leaves that. */
  readonly share: number;
  /** Where its notes and lines stand. */
  readonly notes: 'beside' | 'below';
}

/** By the number of slides on a sheet. */
const arrangements = {
  1: { columns: 1, rows: 1, share: 1, notes: 'below' },
  2: { columns: 1, rows: 2, share: 1, notes: 'below' },
  3: { columns: 1, rows: 3, share: 0.64, notes: 'beside' },
  4: { columns: 1, rows: 4, share: 0.6, notes: 'beside' },
  6: { columns: 2, rows: 3, share: 1, notes: 'below' },
} as const satisfies Readonly<Record<number, Arrangement>>;

export type SlidesOnSheet = keyof typeof arrangements;

/** Millimetres. */
const gaps = { rows: 5, columns: 7, notes: 6, below: 3 } as const;
/** A strip that is lower has no room for a line to write on. */
const leastLines = 9;
const notesScale = pointsOfText(9.5);

/** A slide with its number among all slides, from 1. */
export interface NumberedSlide {
  readonly slide: Slide;
  readonly number: number;
  /** Whether the solution of its exercise is kept back: the slide stands behind it once more, with it. */
  readonly unanswered?: boolean;
  /** Whether it stands for the second time. */
  readonly again?: boolean;
}

/** How many slides a row of sheets holds. */
export function slidesInRow(count: SlidesOnSheet): number {
  return arrangements[count].columns;
}

/** Slides beside each other, each with its notes, or lines to write on; what is too long of the notes follows below. */
export function cellsRows(
  slides: readonly NumberedSlide[],
  count: SlidesOnSheet,
  room: Room,
  deck: Deck,
  words: Words,
): Row[] {
  const { columns, rows, ...chosen }: Arrangement = arrangements[count];
  const width = (room.width - (columns - 1) * gaps.columns) / columns;
  // One that stands alone where others would stand beside it has its lines there.
  const alone = slides.length < columns;
  const arrangement = alone ? ({ share: width / room.width, notes: 'beside' } as const) : chosen;
  const size = alone
    ? { width: room.width, height: (width * geometry.height) / geometry.width }
    : { width, height: (room.height - (rows - 1) * gaps.rows) / rows };
  const cells = slides.map((numbered) => cellOf(numbered, arrangement, size, deck));
  const row: Row = {
    height: size.height,
    above: gaps.rows,
    ids: slides.map(({ slide }) => slide.id),
    draw: () =>
      h(
        'div',
        { class: 'cells', style: `height:${round(size.height)}mm` },
        cells.map(({ element }) => element),
      ),
  };
  const rest = cells.flatMap(({ rest }, n) => {
    if (rest.length === 0) return [];
    const label: Row = {
      height: 5,
      above: gaps.rows,
      keepWithNext: true,
      draw: () => h('p', { class: 'goes-on' }, words.goesOn(slides[n]?.number ?? 0)),
    };
    return [
      label,
      ...rest.map((box, k) => ({
        ...boxRow(box, room.width, notesScale, rest[k + 1]),
        ...(k === 0 ? { above: 1 } : {}),
      })),
    ];
  });
  return [row, ...rest];
}

function cellOf(
  { slide, number, unanswered, again }: NumberedSlide,
  arrangement: Pick<Arrangement, 'share' | 'notes'>,
  cell: Room,
  deck: Deck,
) {
  const beside = arrangement.notes === 'beside';
  // Below the slide stays room for some lines.
  const highest = beside ? cell.height : cell.height - gaps.below - 22;
  const width = Math.min(cell.width * arrangement.share, (highest * geometry.width) / geometry.height);
  const height = (width * geometry.height) / geometry.width;
  const notes = {
    boxes: unanswered ? [] : (slide.notesBoxes ?? []),
    width: beside ? cell.width - width - gaps.notes : cell.width,
    scale: notesScale,
  };
  const free = beside ? cell.height : cell.height - height - gaps.below;
  const [shown, rest] = heightOf(notes) <= free ? [notes.boxes, []] : cutToRoom(notes, free);
  const left = free - (shown.length > 0 ? heightOf({ ...notes, boxes: shown }) : 0);
  const live = liveAddress(deck, slide);
  const heading = again ? { ...slide.heading, tagName: 'p' } : slide.heading;
  const size = `width:${round(width)}mm;height:${round(height)}mm`;
  const scale = (width * 96) / 25.4 / geometry.width;
  const element: Element = h('article', { class: ['cell', arrangement.notes], style: `width:${round(cell.width)}mm` }, [
    h('div', { class: 'thumbnail', ...(again ? {} : { id: slide.id }), style: `${size};--scale:${scale.toFixed(5)}` }, [
      h('div', dressed(slide, ['slide', ...(unanswered ? ['unanswered'] : [])]), [heading, ...slide.body]),
    ]),
    h('p', { class: 'cell-number' }, [live ? h('a', { href: live }, `${number}`) : `${number}`]),
    h('div', { class: 'cell-notes', style: `width:${round(notes.width)}mm` }, [
      ...(shown.length > 0 ? [drawStack({ ...notes, boxes: shown })] : []),
      ...(left >= leastLines ? [lines(left)] : []),
    ]),
  ]);
  return { element, rest };
}

/** Lines to write on, as far apart as those of a narrow ruled pad. */
function lines(height: number): Element {
  const pitch = 7.5;
  const count = Math.floor(height / pitch);
  return h(
    'div',
    { class: 'lines', ariaHidden: 'true' },
    Array.from({ length: count }, () => h('i')),
  );
}
