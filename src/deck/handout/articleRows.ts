import { h } from 'hastscript';
import type { ArticlePart } from '../article.ts';
import type { Deck, Slide } from '../deck.ts';
import type { Place } from './contents.ts';
import { boxRow, drawStack, heightOf, pointsOfText } from './flow.ts';
import type { Row } from './sheets.ts';
import { type StoryContext, storyboardRows } from './storyboard.ts';

/** Sizes of headings in points, and the millimetres above them, by level. */
const headings = [
  { points: 22, above: 0 },
  { points: 16, above: 9 },
  { points: 13, above: 7 },
  { points: 11.5, above: 5 },
] as const;

const textPoints = 10.5;

/**
 * The rows of a note as one text, the places that its table of contents names, and the number of rows that the table
 * follows.
 */
export function articleRows(
  parts: readonly ArticlePart[],
  context: StoryContext,
): { readonly rows: readonly Row[]; readonly places: readonly Place[]; readonly opening: number } {
  const { room, deck } = context;
  const scale = pointsOfText(textPoints);
  const rows = parts.flatMap((part, n): Row[] => {
    if (part.kind === 'replay')
      return storyboardRows(part.show, slideOf(deck, part), undefined, true, context).map((row, k) =>
        k === 0 ? { ...row, above: 5 } : row,
      );
    if (part.kind === 'heading') return [headingRow(part, room.width)];
    if (part.kind === 'byline') return [{ ...boxRow(part.box, room.width, scale), above: 1 }];
    const next = parts[n + 1];
    return [boxRow(part.box, room.width, scale, next?.kind === 'box' ? next.box : undefined)];
  });
  const places = parts.flatMap((part) =>
    part.kind === 'heading' && part.level <= 3 ? [{ id: part.id, title: part.title, level: part.level }] : [],
  );
  // The title and what stands below it are a row each.
  const opening = 1 + parts.filter(({ kind }) => kind === 'byline').length;
  return { rows, places, opening };
}

function headingRow({ level, id, box }: Extract<ArticlePart, { kind: 'heading' }>, width: number): Row {
  const { points, above } = headings[Math.min(level, headings.length) - 1] ?? headings[3];
  const stack = { boxes: [box], width, scale: pointsOfText(points) };
  return {
    height: heightOf(stack) + (level <= 2 ? 2 : 0),
    above,
    keepWithNext: true,
    ids: [id],
    draw: () => h('div', { class: ['article-heading', `level-${level}`], id }, [drawStack(stack)]),
  };
}

/** The slide that shows a replay. */
function slideOf({ slides }: Deck, { show }: Extract<ArticlePart, { kind: 'replay' }>): Slide | undefined {
  return slides.find(({ storyboard }) => storyboard !== undefined && storyboard === show.storyboard);
}
