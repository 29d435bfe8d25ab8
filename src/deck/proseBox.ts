import type { Element, ElementContent } from 'hast';

import { type Box, type Fit, remembered } from './box.ts';
import { fitFormulas, holdsFormula } from './fitFormulas.ts';
import { geometry, leastTextLine } from './geometry.ts';
import { hastText } from './hastText.ts';
import { countLeaves, inlineRuns, isBlock, leastLines, numberWidth, proseHeight } from './prose.ts';
import type { Measure } from './show.ts';
import { splitProse } from './splitProse.ts';
import { columnWidths, tableRows, withColumns } from './table.ts';
import { widths } from './wrap.ts';

/** What is known of the rest of a text that was cut, without going through all of it again. */
interface Known {
  readonly leaves: number;
  readonly letters: number;
  readonly formulas: boolean;
  readonly leadsOn: boolean;
}

/**
 * A paragraph, list, quote or table of a note as a box.
 *
 * @param rest Only of what a cut has left: a list of thousands of items is cut as often as it has slides.
 */
export function proseBox(element: Element, measure: Measure, rest?: Known): Box {
  const table = element.tagName === 'table';
  const picture =
    element.children.length === 1 && isElement(element.children[0]) && element.children[0].tagName === 'img';
  const heading = /^h[1-6]$/.test(element.tagName);
  const known = rest ?? knownOf(element);
  const fit1 = (fit: Fit) => geometry.text * fit.text.scale;
  return remembered({
    atLeast: leastLines(known) * leastTextLine,
    kind: table ? 'table' : picture ? 'image' : 'text',
    heading,
    leadsOn: known.leadsOn || heading,
    naturalWidth: (fit) => {
      if (!table) return longestLine(element, measure) * fit1(fit) * 1.01;
      const size = fit1(fit) * geometry.tableSize;
      const columns: number[] = [];
      for (const row of tableRows(element))
        for (const [n, cell] of row.entries()) {
          const { line } = widths(inlineRuns(cell.children, 'sans-bold'), measure);
          columns[n] = Math.max(columns[n] ?? 0, (line + 2 * geometry.cellPadEm) * size);
        }
      return columns.reduce((sum, width) => sum + width, 0);
    },
    height: (width, fit) => proseHeight(element, width, fit.text, measure),
    draw: (width, fit) => {
      if (table) return withColumns(element, columnWidths(element, width, fit.text, measure));
      const room = Math.min(width, geometry.proseEm * fit1(fit));
      return numberedFrom(known.formulas ? fitFormulas(element, room, fit1(fit)) : element);
    },
    split: (width, fit, room) => {
      const parts = splitProse(element, (part) => proseHeight(part, width, fit.text, measure) <= room);
      if (!parts) return undefined;
      const first = knownOf(parts[0]);
      const left = {
        ...known,
        leaves: Math.max(1, known.leaves - first.leaves),
        letters: Math.max(0, known.letters - first.letters),
      };
      return [proseBox(parts[0], measure), proseBox(parts[1], measure, left)];
    },
  });
}

function knownOf(element: Element): Known {
  const text = hastText(element).trim();
  return {
    leaves: countLeaves(element),
    letters: text.length,
    formulas: holdsFormula(element),
    leadsOn: /[:：]$/.test(text),
  };
}

/** Width in em of the longest line that a piece of prose would have if nothing broke its lines. */
function longestLine(element: Element, measure: Measure): number {
  const blocks = element.children.filter(isElement).filter(isBlock);
  if (blocks.length === 0) return widths(inlineRuns(element.children, 'sans'), measure).line;
  const indents: Readonly<Record<string, number>> = {
    ul: geometry.bulletEm,
    ol: numberWidth(element),
    blockquote: geometry.quoteEm,
  };
  const inline = element.children.filter((child) => !isBlock(child));
  const own = widths(inlineRuns(inline, 'sans'), measure).line;
  const inner = blocks.reduce((most, block) => Math.max(most, longestLine(block, measure)), own);
  return inner + (indents[element.tagName] ?? 0);
}

/** Numbers are drawn by a CSS counter, which cannot read `start` nor how wide its numbers are. */
function numberedFrom(element: Element): Element {
  const children = element.children.map((child) => (isElement(child) ? numberedFrom(child) : child));
  if (element.tagName !== 'ol') return { ...element, children };
  const start = Number(element.properties.start ?? 1);
  const room = numberWidth(element);
  const style = [
    ...(start === 1 ? [] : [`--start:${start}`]),
    ...(room === geometry.numberEm ? [] : [`--number:${room.toFixed(1)}em`]),
  ].join(';');
  return { ...element, ...(style ? { properties: { ...element.properties, style } } : {}), children };
}

function isElement(node: ElementContent | undefined): node is Element {
  return node?.type === 'element';
}
