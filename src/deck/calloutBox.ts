import { h } from 'hastscript';
import type { CalloutKind } from '../notes/directiveTable.ts';
import { type Box, remembered } from './box.ts';
import { cutStack, gapOf, stackHeight } from './boxStack.ts';
import { geometry } from './geometry.ts';
import type { Measure } from './show.ts';
import { countLines } from './wrap.ts';

/** Pixels inside of the frame, which `themes/authoring.css` draws with the same numbers. */
const frame = { left: 40, right: 34, top: 24, bottom: 26, titleGap: 10 } as const;

/** Kinds that look as others do, and are told apart by their titles. */
const looks: Partial<Readonly<Record<CalloutKind, CalloutKind>>> = { important: 'note', caution: 'warning' };

/**
 * `:::callout`: a framed remark with its kind's mark and title above what it says.
 *
 * @param boxes What stands in it, in order.
 */
export function calloutBox(kind: CalloutKind, title: string, boxes: readonly Box[], measure: Measure): Box {
  const inside = (width: number) => width - frame.left - frame.right;
  const titleHeight = (width: number, size: number, line: number) => {
    const runs = [{ text: title, font: 'sans-bold', size: 1, padding: 0 }] as const;
    return countLines(runs, inside(width) / size - 1.4, measure) * line * size + frame.titleGap;
  };
  const around = (width: number, size: number, line: number) =>
    frame.top + frame.bottom + titleHeight(width, size, line);
  return remembered({
    kind: 'text',
    inner: boxes,
    naturalWidth: (fit) => Math.max(0, ...boxes.map((box) => box.naturalWidth(fit))) + frame.left + frame.right,
    height: (width, fit) =>
      stackHeight(boxes, inside(width), fit) + around(width, geometry.text * fit.text.scale, fit.text.spacing.line),
    draw: (width, fit) =>
      h('div', { class: ['callout', looks[kind] ?? kind], role: 'note' }, [
        h('p', { class: 'callout-title' }, title),
        h(
          'div',
          { class: 'column', style: `gap:${gapOf(fit)}px` },
          boxes.map((box) => box.draw(inside(width), fit)),
        ),
      ]),
    split: (width, fit, room) => {
      const inner = room - around(width, geometry.text * fit.text.scale, fit.text.spacing.line);
      const [first, rest] = cutStack(boxes, inside(width), fit, inner);
      if (first.length === 0 || rest.length === 0) return undefined;
      return [calloutBox(kind, title, first, measure), calloutBox(kind, title, rest, measure)];
    },
  });
}
