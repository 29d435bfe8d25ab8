import type { Element, ElementContent } from 'hast';

import { type Box, type Fit, remembered } from './box.ts';
import { geometry } from './geometry.ts';
import { hastText } from './hastText.ts';
import { inlineRuns, proseHeight } from './prose.ts';
import type { Measure } from './show.ts';
import { columnWidths, tableRows, withColumns } from './table.ts';
import { widths } from './wrap.ts';

/** A paragraph, list, quote or table of a note as a box. */
export function proseBox(element: Element, measure: Measure): Box {
  const table = element.tagName === 'table';
  const picture =
    element.children.length === 1 && isElement(element.children[0]) && element.children[0].tagName === 'img';
  const text = hastText(element).trim();
  const heading = /^h[1-6]$/.test(element.tagName);
  const fit1 = (fit: Fit) => geometry.text * fit.text.scale;
  return remembered({
    kind: table ? 'table' : picture ? 'image' : 'text',
    heading,
    leadsOn: /[:：]$/.test(text) || heading,
    naturalWidth: (fit) => {
      if (!table) return widths(inlineRuns(element.children, 'sans'), measure).line * fit1(fit);
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
    draw: (width, fit) =>
      table ? withColumns(element, columnWidths(element, width, fit.text, measure)) : numberedFrom(element),
    split: (width, fit, room) => {
      const cut = (children: readonly Element[], of: (children: ElementContent[], n: number) => Element) => {
        for (let n = children.length - 1; n > 0; n--) {
          const first = of(children.slice(0, n), 0);
          if (proseHeight(first, width, fit.text, measure) <= room)
            return [proseBox(first, measure), proseBox(of(children.slice(n), n), measure)] as const;
        }
        return undefined;
      };
      return splitters[element.tagName]?.(element, cut);
    },
  });
}

/** Numbers are drawn by a CSS counter, which cannot read `start`. */
function numberedFrom(element: Element): Element {
  const children = element.children.map((child) => (isElement(child) ? numberedFrom(child) : child));
  const start = element.tagName === 'ol' ? Number(element.properties.start ?? 1) : 1;
  return {
    ...element,
    ...(start === 1 ? {} : { properties: { ...element.properties, style: `--start:${start}` } }),
    children,
  };
}

type Cut = (
  children: readonly Element[],
  of: (children: ElementContent[], start: number) => Element,
) => readonly [Box, Box] | undefined;

/** How each kind of prose is cut in two: between its items, its rows, its sentences. */
const splitters: Readonly<Record<string, (element: Element, cut: Cut) => readonly [Box, Box] | undefined>> = {
  ul: (element, cut) => cut(elementsOf(element), (children) => ({ ...element, children })),
  ol: (element, cut) =>
    cut(elementsOf(element), (children, start) => ({
      ...element,
      properties: { ...element.properties, start: Number(element.properties.start ?? 1) + start },
      children,
    })),
  blockquote: (element, cut) => cut(elementsOf(element), (children) => ({ ...element, children })),
  table: (element, cut) => {
    const head = elementsOf(element).find(({ tagName }) => tagName === 'thead');
    const rows = tableRows(element).slice(head ? tableRows(head).length : 0);
    return cut(
      rows.map((children) => ({ type: 'element', tagName: 'tr', properties: {}, children })),
      (children) => ({
        ...element,
        children: [...(head ? [head] : []), { type: 'element', tagName: 'tbody', properties: {}, children }],
      }),
    );
  },
  p: (element, cut) => {
    const sentences = sentencesOf(element.children);
    return cut(
      sentences.map((children) => ({ type: 'element', tagName: 'span', properties: {}, children })),
      (children) => ({ ...element, children: children.flatMap((child) => (isElement(child) ? child.children : [])) }),
    );
  },
};

/** Inline nodes grouped so that each group but the last ends with a sentence's end. */
function sentencesOf(nodes: readonly ElementContent[]): ElementContent[][] {
  const sentences: ElementContent[][] = [[]];
  for (const node of nodes) {
    const pieces = node.type === 'text' ? node.value.split(/(?<=[.!?]\s|[。！？](?![。！？」』）]))/) : [node];
    for (const piece of pieces) {
      if (typeof piece !== 'string') sentences.at(-1)?.push(piece);
      else {
        sentences.at(-1)?.push({ type: 'text', value: piece });
        if (/(?:[.!?]\s|[。！？])$/.test(piece)) sentences.push([]);
      }
    }
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

function elementsOf(element: Element): Element[] {
  return element.children.filter(isElement);
}

function isElement(node: ElementContent | undefined): node is Element {
  return node?.type === 'element';
}
