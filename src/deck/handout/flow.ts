import type { Element } from 'hast';
import { h } from 'hastscript';
import { type Box, type Fit, isCodeLike } from '../box.ts';
import { cutStack, gapOf, stackHeight } from '../boxStack.ts';
import { drawEmoji } from '../emoji.ts';
import { layoutElement } from '../frame.ts';
import { geometry, loose } from '../geometry.ts';
import type { Row } from './sheets.ts';

/**
 * Text on paper is made of the boxes that slides are made of, drawn smaller: sizes, breaks and cuts are those of
 * slides, which are known without a browser.
 */
const fit: Fit = { text: { scale: 1, spacing: loose }, code: { scale: 1, spacing: loose } };
const gap = gapOf(fit);

/** Millimetres of paper that a pixel of a slide becomes. */
export type MillimetresPerPixel = number;

/** For a text whose letters are so many points high. */
export function pointsOfText(points: number): MillimetresPerPixel {
  return (points * 25.4) / 72 / geometry.text;
}

/** Boxes below each other. */
export interface Stack {
  readonly boxes: readonly Box[];
  /** In millimetres. */
  readonly width: number;
  readonly scale: MillimetresPerPixel;
}

/** In millimetres. */
export function heightOf({ boxes, width, scale }: Stack): number {
  return stackHeight(boxes, width / scale, fit) * scale;
}

/** Boxes at their size on paper, in a holder as high as they are. */
export function drawStack(stack: Stack): Element {
  const { boxes, width, scale } = stack;
  const pixels = Math.round(width / scale);
  const column = layoutElement({ rows: [[{ width: pixels, boxes }]], fit, gap });
  const shown = `width:${pixels}px;transform:scale(${((scale * 96) / 25.4).toFixed(5)})`;
  return h('div', { class: 'flow', style: `width:${round(width)}mm;height:${round(heightOf(stack))}mm` }, [
    h('div', { class: 'slide', style: shown }, drawEmoji([column])),
  ]);
}

/** The boxes that fit into `room` millimetres, the last one cut if need be, and the others. */
export function cutToRoom({ boxes, width, scale }: Stack, room: number): readonly [readonly Box[], readonly Box[]] {
  return cutStack(boxes, width / scale, fit, room / scale);
}

/**
 * What would fit on a sheet is cut only when it is so many millimetres high, and into parts that are worth looking at: a
 * gap at the foot is the lesser evil.
 */
const worthCutting = { code: { whole: 70, part: 30 }, text: { whole: 36, part: 12 } } as const;

/** A box as a row of a sheet. */
export function boxRow(box: Box, width: number, scale: MillimetresPerPixel, next?: Box): Row {
  const stack: Stack = { boxes: [box], width, scale };
  const height = heightOf(stack);
  // What a code printed stands below it.
  const answered = box.kind === 'code' && next !== undefined && next.kind !== 'code' && isCodeLike(next);
  const least = worthCutting[isCodeLike(box) ? 'code' : 'text'];
  return {
    height,
    above: gap * scale,
    keepWithNext: box.leadsOn === true || answered,
    draw: () => drawStack(stack),
    split: (room) => {
      if (height < least.whole || room < least.part) return undefined;
      const parts = box.split?.(width / scale, fit, room / scale);
      if (!parts) return undefined;
      const rows = [boxRow(parts[0], width, scale), boxRow(parts[1], width, scale, next)] as const;
      return rows[0].height < least.part ? undefined : rows;
    },
  };
}

export function round(millimetres: number): number {
  return Math.round(millimetres * 100) / 100;
}
