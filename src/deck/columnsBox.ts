import { h } from 'hastscript';
import { type Box, type Fit, remembered } from './box.ts';
import { cutStack, gapOf, stackHeight } from './boxStack.ts';
import { geometry } from './geometry.ts';

/** One column as an author wrote it. */
export interface AuthoredColumn {
  /** Its share of the width, against those of the others. */
  readonly weight: number;
  readonly boxes: readonly Box[];
}

/** `:::columns`: what the author wants side by side. It is cut through all columns at once. */
export function columnsBox(columns: readonly AuthoredColumn[]): Box {
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0);
  const gaps = Math.max(0, columns.length - 1) * geometry.columnGap;
  const widthOf = (weight: number, width: number) => Math.floor(((width - gaps) * weight) / Math.max(1, weights));
  const inner = columns.flatMap(({ boxes }) => boxes);
  return remembered({
    kind: 'text',
    inner,
    naturalWidth: (fit) =>
      columns.reduce((sum, { boxes }) => sum + Math.max(0, ...boxes.map((box) => box.naturalWidth(fit))), gaps),
    height: (width, fit) =>
      Math.max(0, ...columns.map(({ weight, boxes }) => stackHeight(boxes, widthOf(weight, width), fit))),
    draw: (width, fit) =>
      h(
        'div',
        {
          class: 'row columns',
          style: `grid-template-columns:${columns.map(({ weight }) => `${widthOf(weight, width)}px`).join(' ')}`,
        },
        columns.map(({ weight, boxes }) =>
          h(
            'div',
            { class: 'column', style: `gap:${gapOf(fit)}px` },
            boxes.map((box) => box.draw(widthOf(weight, width), fit)),
          ),
        ),
      ),
    split: (width, fit, room) => cutColumns(columns, (weight) => widthOf(weight, width), fit, room),
  });
}

function cutColumns(
  columns: readonly AuthoredColumn[],
  widthOf: (weight: number) => number,
  fit: Fit,
  room: number,
): readonly [Box, Box] | undefined {
  const cut = columns.map(({ weight, boxes }) => ({ weight, parts: cutStack(boxes, widthOf(weight), fit, room) }));
  const part = (n: 0 | 1) => cut.map(({ weight, parts }) => ({ weight, boxes: parts[n] }));
  const [first, rest] = [part(0), part(1)];
  const isEmpty = (side: readonly AuthoredColumn[]) => side.every(({ boxes }) => boxes.length === 0);
  return isEmpty(first) || isEmpty(rest) ? undefined : [columnsBox(first), columnsBox(rest)];
}
